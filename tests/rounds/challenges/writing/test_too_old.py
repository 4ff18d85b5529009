"""A page whose token is no more the present one: somebody has signed in in another window."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.challenges.models import Challenge
from tests.rounds.challenges.writing.conftest import TYPED

OWN = {"origin": "http://testserver"}
STRANGE = {"origin": "https://evil.example"}


@pytest.fixture
def strict() -> Client:
    """A browser whose token does not fit."""
    return Client(enforce_csrf_checks=True)


def edit_url(challenge: Challenge) -> str:
    return reverse("challenge-edit", args=[challenge.pk, "challenge"])


def test_a_section_comes_back_with_the_text_and_saves_nothing(
    strict: Client, draft: Challenge, contact: User
) -> None:
    strict.force_login(contact)
    response = strict.post(edit_url(draft), {"title": "Toinen istunto"}, headers=OWN)
    assert response.status_code == 403
    assert 'value="Toinen istunto"' in response.content.decode()
    draft.refresh_from_db()
    assert draft.title != "Toinen istunto"
    token = strict.cookies["csrftoken"].value
    data = {"title": "Toinen istunto", "version": 1, "csrfmiddlewaretoken": token}
    assert strict.post(edit_url(draft), data, headers=OWN).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Toinen istunto"


def test_the_first_page_comes_back_too(strict: Client, new_url: str) -> None:
    response = strict.post(new_url, TYPED, headers=OWN)
    assert response.status_code == 403
    assert TYPED["need"] in response.content.decode()
    assert TYPED["need"] not in strict.get(new_url).content.decode()


@pytest.mark.parametrize("headers", [STRANGE, {}, {"origin": "null"}])
def test_text_from_a_strangers_page_is_not_shown(
    strict: Client, draft: Challenge, contact: User, new_url: str, headers: dict[str, str]
) -> None:
    strict.force_login(contact)
    for url in (edit_url(draft), new_url):
        response = strict.post(url, {"title": "Vieraan sivun teksti tässä"}, headers=headers)
        assert response.status_code == 403
        assert "Vieraan sivun" not in response.content.decode()


def test_who_may_not_write_gets_no_page(
    strict: Client, draft: Challenge, other_contact: User
) -> None:
    strict.force_login(other_contact)
    page = strict.post(edit_url(draft), {"title": "Ei ole minun"}, headers=OWN)
    assert page.status_code == 403
    assert draft.need not in page.content.decode()


def test_other_pages_give_the_text_to_copy(strict: Client, contact: User) -> None:
    strict.force_login(contact)
    data: dict[str, Any] = {
        "name": "Ky" * 20,
        "csrfmiddlewaretoken": "z" * 64,
        "password1": "salainen-sana-on-pitkä",
        "oldpassword": "vanha-salainen-sana-on-pitkä",
    }
    page = strict.post(reverse("me"), data, headers=OWN).content.decode()
    assert "Ky" * 20 in page
    assert "salainen" not in page
    assert "z" * 64 not in page


def test_the_script_gets_words(strict: Client, draft: Challenge, contact: User) -> None:
    strict.force_login(contact)
    response = strict.post(edit_url(draft), {}, headers={**OWN, "x-autosave": "1"})
    assert response.status_code == 403
    assert response.json()["message"]
