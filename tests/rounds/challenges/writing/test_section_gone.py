"""A section whose questions the coordinator takes off while somebody writes in it."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.writing import editing

TYPED = "Tämä oli jo kirjoitettu, eikä se saa kadota."


class _Nothing:
    by_key: ClassVar[dict[str, Any]] = {}


@pytest.fixture
def url(draft: Challenge, contact: User, client: Client, monkeypatch: Any) -> str:
    client.force_login(contact)
    monkeypatch.setattr(editing, "form_of", lambda _round: _Nothing())
    return reverse("challenge-edit", args=[draft.pk, "team"])


def test_what_was_typed_comes_back(client: Client, url: str) -> None:
    answer = client.post(url, {"material": TYPED, "version": "1"})
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    assert client.get(url).status_code == 404


def test_the_script_is_told(client: Client, url: str) -> None:
    answer = client.post(url, {"material": TYPED}, headers={"X-Autosave": "1"})
    assert answer.status_code == 409
    assert answer.json()["message"]


def test_a_section_that_never_was_is_not_there(client: Client, url: str) -> None:
    assert client.post(url.replace("team", "secrets"), {"material": TYPED}).status_code == 404
