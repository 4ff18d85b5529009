from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from minno_portal.outbox.models import Letter
from organisations.models import User
from tests.organisations.conftest import code_in, newest, sign_in_by_code

pytestmark = pytest.mark.django_db

PASSWORD = "pitkä-salasana-1"


def change_address(client: Client, address: str) -> None:
    client.post("/accounts/email/", {"email": address, "action_add": ""})


def test_a_new_address_is_proved_by_a_code(client: Client, contact: User) -> None:
    sign_in_by_code(client, contact.email)
    change_address(client, "Uusi@Example.org")
    letter = newest("address-code")
    assert letter.recipient == "uusi@example.org"
    contact.refresh_from_db()
    assert contact.email == "contact@example.org"
    assert client.get("/accounts/confirm-email/").status_code == 200
    client.post("/accounts/confirm-email/", {"code": code_in(letter)})
    contact.refresh_from_db()
    assert contact.email == "uusi@example.org"
    told = Letter.objects.filter(kind="account-notice").values_list("recipient", flat=True)
    assert "contact@example.org" in told
    assert sign_in_by_code(Client(), "uusi@example.org").status_code == 302
    assert User.objects.count() == 1


@pytest.mark.parametrize("has_signed_in", [True, False])
def test_an_address_in_use_is_not_taken_nor_revealed(
    client: Client, contact: User, other_contact: User, has_signed_in: bool
) -> None:
    sign_in_by_code(client, contact.email)
    if has_signed_in:
        sign_in_by_code(Client(), other_contact.email)
    change_address(client, other_contact.email)
    letter = newest("address-code")
    assert letter.recipient == other_contact.email
    # Even with the code, which only the owner has, the address stays its owner's.
    answer = client.post("/accounts/confirm-email/", {"code": code_in(letter)})
    assert answer.status_code == 200
    contact.refresh_from_db()
    other_contact.refresh_from_db()
    assert contact.email == "contact@example.org"
    assert other_contact.email == "other@example.org"


def test_a_forgotten_password_is_replaced_by_a_code(client: Client, contact: User) -> None:
    sign_in_by_code(Client(), contact.email)
    contact.set_password("vanha-salasana-1")
    contact.save()
    client.post("/accounts/password/reset/", {"email": contact.email})
    code = code_in(newest("password-code"))
    answer = client.post("/accounts/password/reset/confirm/", {"code": code})
    assert client.get(answer["Location"]).status_code == 200
    client.post(answer["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    contact.refresh_from_db()
    assert contact.check_password(PASSWORD)
    assert newest("account-notice").recipient == contact.email


def test_an_unknown_address_looks_the_same_when_a_password_is_asked_for(
    client: Client, contact: User
) -> None:
    known = client.post("/accounts/password/reset/", {"email": contact.email})
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_the_first_sign_in_sends_only_the_code(client: Client) -> None:
    sign_in_by_code(client, "uusi@example.org")
    assert Letter.objects.get().kind == "sign-in-code"


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_pages_of_the_second_factor_open(
    client: Client, contact: User, with_app: Callable[[User], User], prefix: str
) -> None:
    with_app(contact)
    contact.set_password(PASSWORD)
    contact.save()
    client.force_login(contact)
    for page in ("2fa/", "2fa/reauthenticate/", "reauthenticate/", "password/change/"):
        answer = client.get(f"{prefix}/accounts/{page}")
        assert answer.status_code == 200, page
        assert b"<h1>" in answer.content
    client.post(f"{prefix}/accounts/reauthenticate/", {"password": PASSWORD})
    for page in ("totp/deactivate/", "recovery-codes/generate/", "webauthn/add/", "webauthn/"):
        assert client.get(f"{prefix}/accounts/2fa/{page}").status_code == 200, page
