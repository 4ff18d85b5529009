from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from minno_portal.outbox.models import Letter
from organisations.models import User
from tests.organisations.conftest import (
    ask_code,
    code_in,
    enter_code,
    newest,
    sign_in_by_code,
)

pytestmark = pytest.mark.django_db


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_newcomer_gets_an_account_and_comes_in(client: Client) -> None:
    answer = sign_in_by_code(client, "Uusi@Example.org")
    person = User.objects.get(email="uusi@example.org")
    assert answer.status_code == 302
    assert who(client) == str(person.pk)
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert person.last_login is not None


def test_known_and_unknown_addresses_look_the_same(client: Client, contact: User) -> None:
    answers = [ask_code(Client(), address) for address in (contact.email, "nobody@example.org")]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    pages = []
    for address in (contact.email, "nobody@example.org"):
        page = Client()
        pages.append(ask_code(page, address, prefix="/en"))
        text = page.get("/en/accounts/login/code/confirm/").content.decode()
        assert address in text
    assert Letter.objects.filter(kind="sign-in-code").count() == 4
    lengths = {len(letter.text) for letter in Letter.objects.filter(language="en")}
    assert len(lengths) <= 2  # the greeting may bear a name, nothing else differs


def test_the_code_works_once_and_only_here(client: Client, contact: User) -> None:
    ask_code(client, contact.email)
    code = code_in(newest("sign-in-code"))
    elsewhere = Client()
    enter_code(elsewhere, code)
    assert who(elsewhere) is None
    enter_code(client, code.lower())
    assert who(client) == str(contact.pk)
    again = Client()
    enter_code(again, code)
    assert who(again) is None


def test_three_wrong_codes_end_the_attempt(client: Client, contact: User) -> None:
    ask_code(client, contact.email)
    code = code_in(newest("sign-in-code"))
    for _attempt in range(3):
        enter_code(client, "ZZZZZZ" if code != "ZZZZZZ" else "BBBBBB")
    enter_code(client, code)
    assert who(client) is None


def test_asking_is_limited_by_address(contact: User) -> None:
    for _attempt in range(5):
        ask_code(Client(), contact.email)
    assert Letter.objects.filter(kind="sign-in-code").count() == 3


def test_a_limited_stranger_makes_no_more_accounts() -> None:
    for number in range(25):
        ask_code(Client(), f"n{number}@example.org")
    assert User.objects.count() == 20


@pytest.mark.parametrize("address", ["", "nonsense", "a@b", "x\x00y@example.org", "å" * 300])
def test_a_bad_address_is_told_at_the_field(client: Client, address: str) -> None:
    answer = ask_code(client, address)
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert not User.objects.exists()


def test_who_may_not_sign_in_is_told_by_letter_only(client: Client, contact: User) -> None:
    contact.is_active = False
    contact.save()
    assert ask_code(client, contact.email).status_code == 302
    assert newest("address-closed").recipient == contact.email
    assert not Letter.objects.filter(kind="sign-in-code").exists()


def test_one_is_taken_where_one_was_going(client: Client, contact: User) -> None:
    assert ask_code(client, contact.email, next_page="/me/")["Location"].endswith("next=%2Fme%2F")
    answer = enter_code(client, code_in(newest("sign-in-code")), "/me/")
    assert answer["Location"] == "/me/"


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_taken_elsewhere(client: Client, contact: User, page: str) -> None:
    answer = sign_in_by_code(client, contact.email, page)
    assert "evil" not in answer["Location"]
    assert answer["Location"].startswith("/")
    assert who(client) == str(contact.pk)


def test_sign_up_leads_to_the_same_door(client: Client) -> None:
    answer = client.get("/accounts/signup/?next=/me/")
    assert answer["Location"] == "/accounts/login/code/?next=%2Fme%2F"
    assert client.post("/accounts/signup/", {"email": "x@example.org"}).status_code == 302
    assert not User.objects.exists()


def test_the_page_gives_a_newcomer_their_language(client: Client) -> None:
    ask_code(client, "ny@example.org", prefix="/sv")
    assert User.objects.get(email="ny@example.org").language == "sv"
    assert newest("sign-in-code").language == "sv"


def test_the_letter_is_secret_and_short_lived(client: Client, contact: User) -> None:
    ask_code(client, contact.email)
    letter = newest("sign-in-code")
    assert letter.is_secret
    assert letter.expires_at is not None
    assert (letter.expires_at - letter.created_at).total_seconds() == pytest.approx(900, abs=5)
    code = code_in(letter)
    assert code in letter.subject
    assert len(code) == 6


def test_a_password_is_optional_and_works(client: Client, contact: User) -> None:
    sign_in_by_code(client, contact.email)
    chosen = {"password1": "pitkä-salasana-1", "password2": "pitkä-salasana-1"}
    assert client.post("/accounts/password/set/", chosen).status_code == 302
    assert newest("account-notice").recipient == contact.email
    other = Client()
    other.post("/accounts/login/", {"login": contact.email, "password": "pitkä-salasana-1"})
    assert who(other) == str(contact.pk)
    wrong = Client()
    wrong.post("/accounts/login/", {"login": contact.email, "password": "väärä"})
    assert who(wrong) is None


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_pages_of_the_door_open(client: Client, contact: User, prefix: str) -> None:
    for page in ("login/code/", "login/", "password/reset/", "logout/"):
        answer = client.get(f"{prefix}/accounts/{page}", follow=True)
        assert answer.status_code == 200, page
    sign_in_by_code(client, contact.email)
    for page in ("email/", "password/set/", "logout/", "2fa/", "2fa/totp/activate/"):
        answer = client.get(f"{prefix}/accounts/{page}")
        assert answer.status_code == 200, page
        assert b"<h1>" in answer.content
    for page in ("2fa/webauthn/", "2fa/webauthn/add/"):
        assert client.get(f"{prefix}/accounts/{page}").status_code == 200, page
