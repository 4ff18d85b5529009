from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from organisations.models import Membership, Organisation, Partnership, User

NEW = "/organisations/new/"
GOOD = {"name": "Uusi yhdistys ry", "business_id": "", "language": "fi"}


def page(organisation: Organisation, end: str = "") -> str:
    return f"/organisations/{organisation.pk}/{end}"


@pytest.mark.parametrize("end", ["", "edit/", "invite/"])
def test_strangers_do_not_see_it(
    client: Client, association: Organisation, other_contact: User, stranger: User, end: str
) -> None:
    assert client.get(page(association, end))["Location"].startswith("/accounts/login/code/")
    for user in (other_contact, stranger):
        client.force_login(user)
        assert client.get(page(association, end)).status_code == 404
    assert client.get(f"/organisations/{2**63 - 1}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "whose", "status"),
    [
        ("contact", "association", 200),
        ("colleague", "association", 200),
        ("coordinator", "association", 200),
        ("administrator", "association", 200),
        ("staff", "association", 404),
        ("coordinator", "school", 200),
        ("staff", "school", 200),
        ("contact", "school", 404),
        ("contact", "umbrella", 404),
    ],
)
def test_who_sees_what(
    client: Client, request: Any, partnership: Partnership, role: str, whose: str, status: int
) -> None:
    client.force_login(request.getfixturevalue(role))
    assert client.get(page(request.getfixturevalue(whose))).status_code == status


@pytest.mark.parametrize(
    ("role", "status"), [("contact", 200), ("administrator", 200), ("other_contact", 404)]
)
def test_who_changes_it(
    client: Client, request: Any, association: Organisation, role: str, status: int
) -> None:
    client.force_login(request.getfixturevalue(role))
    assert client.get(page(association, "edit/")).status_code == status
    changed = client.post(page(association, "edit/"), GOOD | {"short_name": "UY"})
    association.refresh_from_db()
    assert (association.short_name == "UY") == (status == 200)
    assert changed.status_code == (302 if status == 200 else status)


def test_the_coordinator_tells_facts_and_names_only_what_nobody_acts_for(
    client: Client, association: Organisation, coordinator: User, contact: User
) -> None:
    client.force_login(coordinator)
    form = client.get(page(association, "edit/")).context["form"]
    assert "name" not in form.fields
    sent = {"name": "Uusi nimi", "language": "sv", "website": "example.org", "no_mail": "on"}
    assert client.post(page(association, "edit/"), sent).status_code == 302
    association.refresh_from_db()
    assert (association.name, association.language, association.website, association.no_mail) == (
        "Esimerkkiyhdistys ry",
        "sv",
        "https://example.org",
        True,
    )
    Membership.objects.filter(user=contact).delete()
    answer = client.post(page(association, "edit/"), sent)
    assert answer["Location"] == f"/manage/organisations/{association.pk}/"
    association.refresh_from_db()
    assert association.name == "Uusi nimi"


@pytest.mark.parametrize(("who", "told"), [("coordinator", True), ("contact", False)])
def test_the_coordinator_alone_tells_who_is_a_member(
    client: Client, request: Any, association: Organisation, coordinator: User, who: str, told: bool
) -> None:
    client.force_login(request.getfixturevalue(who))
    form = client.get(page(association, "edit/")).context["form"]
    assert ("is_member" in form.fields) == told
    sent = {"name": association.name, "language": "fi", "is_member": "on"}
    assert client.post(page(association, "edit/"), sent).status_code == 302
    association.refresh_from_db()
    assert association.is_member == told
    client.force_login(coordinator)
    shown = client.get(f"/manage/organisations/{association.pk}/").text
    assert ("Koordinoivan järjestön jäsen" in shown) == told


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("website", "javascript:alert(1)"),
        ("website", "ftp://example.org"),
        ("website", "\x00"),
        ("website", "https://" + "a" * 300 + ".fi"),
        ("counties", "99"),
        ("counties", "\x00"),
        ("language", ""),
    ],
)
def test_bad_facts_are_told(
    client: Client, association: Organisation, contact: User, field: str, value: str
) -> None:
    client.force_login(contact)
    answer = client.post(page(association, "edit/"), GOOD | {field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors


def test_errors_of_editing_stand_at_the_field(
    client: Client, association: Organisation, other_association: Organisation, contact: User
) -> None:
    client.force_login(contact)
    answer = client.post(page(association, "edit/"), GOOD | {"business_id": "9000003-8"})
    assert "business_id" in answer.context["form"].errors
    assert b"Uusi yhdistys ry" in answer.content


def test_a_newcomer_names_their_association_and_goes_on(client: Client, stranger: User) -> None:
    assert client.get(NEW)["Location"].startswith("/accounts/login/code/")
    client.force_login(stranger)
    shown = client.get(f"{NEW}?next=/me/")
    assert b'name="next" value="/me/"' in shown.content
    assert client.post(NEW, GOOD | {"next": "/me/"})["Location"] == "/me/"
    made = Membership.objects.get(user=stranger).organisation
    assert made.name == GOOD["name"]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_nobody_is_taken_elsewhere(client: Client, stranger: User, elsewhere: str) -> None:
    client.force_login(stranger)
    made = client.post(NEW, GOOD | {"next": elsewhere})
    assert made["Location"] == f"/organisations/{Organisation.objects.get().pk}/"


def test_a_known_association_is_joined_and_waits(
    client: Client, association: Organisation, stranger: User
) -> None:
    client.force_login(stranger)
    answer = client.post(NEW, GOOD | {"name": association.name.upper()})
    assert answer["Location"] == "/desk/"
    assert Membership.objects.get(user=stranger).awaits_approval
    me = client.get("/me/").content.decode()
    assert association.name in me
    assert page(association) not in me
    assert client.get(page(association)).status_code == 404


def test_similar_associations_are_offered(
    client: Client, association: Organisation, stranger: User
) -> None:
    client.force_login(stranger)
    sent = GOOD | {"name": "Esimerkin yhdistys", "next": "/me/"}
    answer = client.post(NEW, sent)
    assert list(answer.context["candidates"]) == [association]
    assert b'value="0"' in answer.content
    assert b"Esimerkin yhdistys" in answer.content
    for nonsense in ("x", "-1", "9" * 30, "\u0663", str(association.pk + 7)):
        assert client.post(NEW, sent | {"chosen": nonsense}).status_code == 200
    assert client.post(NEW, sent | {"chosen": str(association.pk)})["Location"] == "/me/"
    assert stranger.memberships.get().organisation == association


def test_an_institution_is_not_joined(
    client: Client, school: Organisation, partnership: Partnership, stranger: User
) -> None:
    client.force_login(stranger)
    answer = client.post(NEW, GOOD | {"name": school.name})
    assert "name" in answer.context["form"].errors
    assert partnership.reply_to.encode() in answer.content
    assert not Membership.objects.filter(user=stranger).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("business_id", "1234567-8"),
        ("business_id", "\x00"),
        ("business_id", "٣" * 8),
        ("name", ""),
        ("name", "\x00"),
        ("name", "x" * 161),
        ("language", "xx"),
    ],
)
def test_bad_input_is_told(client: Client, stranger: User, field: str, value: str) -> None:
    client.force_login(stranger)
    answer = client.post(NEW, GOOD | {field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("more", [0, 3])
def test_the_page_costs_the_same_at_any_number_of_people(
    client: Client,
    association: Organisation,
    contact: User,
    more: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(more):
        user = User.objects.create_user(f"m{number}@example.org")
        Membership.objects.create(user=user, organisation=association, role="contact")
    client.force_login(contact)
    with django_assert_num_queries(9):
        assert client.get(page(association)).status_code == 200
