from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from organisations.mailing.services import is_unsubscribed
from organisations.membership.services import invite_person
from organisations.models import Membership, Organisation, Partnership, User
from organisations.people.exports import data_of, exports_data
from organisations.people.forms import normal_phone

pytestmark = pytest.mark.django_db

GOOD = {"name": "Uusi Nimi", "phone": "+358401234567", "language": "sv"}


@pytest.mark.parametrize("page", ["/me/", "/me/data/"])
def test_a_stranger_signs_in_first(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer["Location"].startswith("/accounts/login/code/?next=")


def test_one_changes_ones_details(client: Client, contact: User) -> None:
    client.force_login(contact)
    assert client.post("/me/", GOOD)["Location"] == "/me/"
    contact.refresh_from_db()
    assert (contact.name, contact.phone, contact.language) == ("Uusi Nimi", "040 1234567", "sv")


@pytest.mark.parametrize(
    ("field", "value"),
    [("language", "xx"), ("phone", "abc"), ("phone", "1"), ("name", "x" * 121), ("name", "\x00")],
)
def test_bad_input_is_told_and_kept(client: Client, contact: User, field: str, value: str) -> None:
    client.force_login(contact)
    answer = client.post("/me/", GOOD | {field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    if field != "name":
        assert b"Uusi Nimi" in answer.content
    contact.refresh_from_db()
    assert contact.phone == ""
    assert answer.context["user"].name == contact.name


def test_nobody_raises_oneself(client: Client, contact: User) -> None:
    client.force_login(contact)
    client.post("/me/", GOOD | {"is_superuser": "on", "email": "x@example.org"})
    contact.refresh_from_db()
    assert not contact.is_superuser
    assert contact.email == "contact@example.org"


@pytest.mark.parametrize("extra", [0, 2])
def test_the_page_costs_the_same_at_any_number_of_roles(
    client: Client, contact: User, extra: int, django_assert_num_queries: Any
) -> None:
    for number in range(extra):
        more = Organisation.objects.create(name=f"Yhdistys {number}")
        Membership.objects.create(user=contact, organisation=more, role="contact")
    client.force_login(contact)
    with django_assert_num_queries(7):
        assert client.get("/me/").status_code == 200


def test_a_contact_person_takes_and_leaves_announcements(
    client: Client, contact: User, partnership: Partnership
) -> None:
    client.force_login(contact)
    address = reverse("my-announcements", args=[partnership.pk])
    assert address in client.get("/me/").text
    left = client.post(address, {"unsubscribe": "1"}, follow=True)
    assert 'name="again"' in left.text
    assert is_unsubscribed(contact.email, partnership.pk)
    taken = client.post(address, {"again": "1"}, follow=True)
    assert 'name="unsubscribe"' in taken.text
    assert not is_unsubscribed(contact.email, partnership.pk)


def test_announcements_are_not_offered_to_those_who_write_them(
    client: Client, coordinator: User, partnership: Partnership
) -> None:
    client.force_login(coordinator)
    assert f"/me/announcements/{partnership.pk}/" not in client.get("/me/").text


def test_ones_data_comes_as_a_file(
    client: Client, contact: User, association: Organisation
) -> None:
    invite_person(
        association.pk, email="kaveri@example.org", role="contact", language="fi", actor=contact
    )
    client.force_login(contact)
    answer = client.get("/me/data/")
    assert answer["Content-Disposition"] == 'attachment; filename="minno.json"'
    data = json.loads(answer.content)
    assert data["person"]["email"] == contact.email
    assert data["memberships"][0]["organisation"] == association.name
    assert data["invitations"][0]["to"] == "kaveri@example.org"
    assert "token" not in answer.content.decode()
    assert "password" not in answer.content.decode()
    assert client.post("/me/data/").status_code == 405


def test_higher_steps_add_what_they_hold(contact: User, monkeypatch: pytest.MonkeyPatch) -> None:
    registered: dict[str, Any] = {}
    monkeypatch.setattr("organisations.people.exports._exporters", registered)
    exports_data("extra")(lambda user: user.email)
    assert data_of(contact)["extra"] == contact.email


@given(st.text(max_size=30))
def test_any_text_is_a_telephone_number_or_refused(text: str) -> None:
    try:
        number = normal_phone(text)
    except ValidationError:
        return
    assert normal_phone(number) == number
    assert len(number) <= 30
