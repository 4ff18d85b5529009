"""The pages of bringing a table."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from dev.register_table import faulty_table
from organisations.models import Organisation, Partnership, RegisterImport, User
from tests.scene import other_coordinator

BASE = "/manage/organisations/import/"


def upload(client: Client, content: bytes, name: str = "a.csv") -> Any:
    return client.post(BASE, {"file": SimpleUploadedFile(name, content)})


def digest_in(page: Any) -> str:
    found = re.search(rb'name="digest" value="(\w+)"', page.content)
    assert found
    return found[1].decode()


def test_a_table_with_faults_from_file_to_register(client: Client, coordinator: User) -> None:
    content, places = faulty_table(60, 10)
    known = Organisation.objects.count()
    client.force_login(coordinator)
    columns = upload(client, content, "järjestöt.xlsx")["Location"]
    found = RegisterImport.objects.get()
    assert columns == f"{BASE}{found.pk}/columns/"
    matched = client.get(columns)
    chosen = {f"column-{number}": value for number, value in found.matching.items()}
    assert len(chosen) == 13
    assert b"Tuontiyhdistys 00000 ry" in matched.content
    trial = client.post(columns, chosen)["Location"]
    page = client.get(trial)
    # Faulty rows or not, one button is the way on.
    assert page.content.count(b"btn-primary") == 1
    assert page.content.index(b"btn-primary") < page.content.index(b"<table")
    named = {(row.number, column) for row in page.context["rows"] for column, _ in row.faults}
    assert named == set(places)
    assert Organisation.objects.count() == known
    refused = client.get(f"{trial}refused/")
    sheet = load_workbook(io.BytesIO(refused.content)).active
    assert sheet is not None
    assert sheet.max_row == 11
    without = client.post(f"{trial}store/", {"digest": digest_in(page)})
    assert without.status_code == 302
    assert Organisation.objects.count() == known
    sent = {"digest": digest_in(page), "leave_out": "1"}
    client.post(f"{trial}store/", sent)
    assert Organisation.objects.count() == known + 50
    assert client.get(trial).context["found"].result["added"] == 50
    assert client.get(columns)["Location"] == trial
    again = upload(client, content)["Location"].removesuffix("columns/")
    counts = {value: count for value, _label, _look, count in client.get(again).context["figures"]}
    assert counts == {"added": 0, "changed": 0, "unchanged": 50, "refused": 10}


def test_who_brings_tables(
    client: Client, request: pytest.FixtureRequest, partnership: Partnership, coordinator: User
) -> None:
    client.force_login(coordinator)
    upload(client, b"Nimi\nAlfa ry")
    pk = RegisterImport.objects.get().pk
    pages = [BASE, *(f"{BASE}{pk}/{end}" for end in ("", "columns/", "refused/"))]
    for who in ("contact", "staff", "administrator", "stranger"):
        client.force_login(request.getfixturevalue(who))
        for page in pages:
            assert client.get(page).status_code == 403
        for end in ("store/", "drop/"):
            assert client.post(f"{BASE}{pk}/{end}").status_code == 403
    client.force_login(other_coordinator())
    assert client.get(BASE).status_code == 200
    for page in pages[1:]:
        assert client.get(page).status_code == 404
    client.force_login(coordinator)
    assert client.get(f"{BASE}{pk}/store/").status_code == 405
    assert client.post(f"{BASE}{pk}/drop/")["Location"] == "/manage/organisations/"
    assert client.get(f"{BASE}{pk}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tyhjä.csv", b""),
        ("../../etc/passwd", b"\x00\x01"),
        ("kuva.svg", b"<svg xmlns='x'><script>alert(1)</script></svg>"),
        ("a.xlsx", b"PK\x03\x04rikki"),
        ("a.csv", b"a" * (5 * 1024 * 1024 + 1)),
    ],
)
def test_other_files_are_told(client: Client, coordinator: User, name: str, content: bytes) -> None:
    client.force_login(coordinator)
    answer = upload(client, content, name)
    assert answer.status_code == 200
    assert "file" in answer.context["form"].errors
    assert client.post(BASE, {"file": "no file"}).context["form"].errors
    assert not RegisterImport.objects.exists()


def test_bad_choices_are_told(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    columns = upload(client, b"A;B\n<script>alert(1)</script>;x")["Location"]
    for sent in ({}, {"column-0": "name", "column-1": "name"}, {"column-0": "pk"}):
        answer = client.post(columns, sent)
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert b"<script>alert" not in answer.content
    client.post(columns, {"column-0": "name", "column-99": "business_id"})
    trial = columns.removesuffix("columns/")
    page = client.get(f"{trial}?show=x&page=-1")
    assert b"<script>alert" not in page.content
    for sent in ({}, {"digest": "\x00"}, {"digest": "x" * 10_000, "leave_out": "2"}):
        assert client.post(f"{trial}store/", sent)["Location"] == trial
    assert not Organisation.objects.filter(name__contains="script").exists()


def test_a_table_that_changed_meanwhile_is_shown_again(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    trial = upload(client, b"Nimi\nAlfa ry")["Location"].removesuffix("columns/")
    digest = digest_in(client.get(trial))
    Organisation.objects.create(name="ALFA")
    client.post(f"{trial}store/", {"digest": digest})
    assert Organisation.objects.filter(name__iexact="alfa ry").count() == 0
    assert client.get(trial).context["good"] == 0
