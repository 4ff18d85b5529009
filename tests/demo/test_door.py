"""The demo's door: become anybody with one press, read the mail; not there outside the demo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from demo.people import CAST
from organisations.models import User

LETTER = b"""From: minno@example.org\r
To: yhdyshenkilo@example.org\r
Subject: =?utf-8?q?Haasteenne_on_perill=C3=A4?=\r
Date: Sat, 21 Nov 2026 08:42:00 -0000\r
Content-Type: text/plain; charset=utf-8\r
\r
Hei <b>Yhdyshenkil\xc3\xb6</b>, katso https://example.org/\r
"""


@pytest.fixture
def door(settings: Any, db: None, tmp_path: Path) -> Path:
    """The demo's addresses, its people, and a mailbox with one letter."""
    settings.ROOT_URLCONF = "tests.demo.urls"
    settings.VAR_DIR = str(tmp_path)
    for person in CAST:
        User.objects.create_user(person.email, is_superuser=person.key == "admin")
    new = tmp_path / "mail" / "new"
    new.mkdir(parents=True)
    (new / "1732.M1P2.host").write_bytes(LETTER)
    return new


def test_without_the_demo_there_is_no_door(client: Client, db: None) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/become/admin/").status_code == 404


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.key)
def test_one_press_makes_one_that_person(client: Client, door: Path, person: Any) -> None:
    page = client.get("/demo/")
    assert person.name in page.content.decode()
    response = client.post(f"/demo/become/{person.key}/")
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email=person.email).pk)


def test_becoming_needs_a_press(client: Client, door: Path) -> None:
    assert client.get("/demo/become/admin/").status_code == 405


def test_nobody_else_can_be_become(client: Client, door: Path) -> None:
    assert client.post("/demo/become/somebody/").status_code == 404


def test_the_mail_can_be_read_and_its_markup_is_text(client: Client, door: Path) -> None:
    assert "Haasteenne on perillä" in client.get("/demo/").content.decode()
    page = client.get("/demo/mail/1732.M1P2.host/").content.decode()
    assert "&lt;b&gt;" in page
    assert "10.42" in page
    assert 'href="https://example.org/"' in page


@pytest.mark.parametrize("key", ["nothing", "..", "%2e%2e%2fsecret"])
def test_only_letters_are_read(client: Client, door: Path, key: str) -> None:
    (door.parent / "secret").write_text("secret")
    assert client.get(f"/demo/mail/{key}/").status_code == 404


def test_an_empty_mailbox_says_so(client: Client, door: Path) -> None:
    (door / "1732.M1P2.host").unlink()
    assert client.get("/demo/").status_code == 200
