from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import Client

from organisations.models import Invitation, Membership, Organisation, Partnership, User

pytestmark = pytest.mark.django_db

OURS = ("user", "organisation", "partnership", "invitation", "region", "county")


def page(model: str, end: str = "") -> str:
    return f"/admin/organisations/{model}/{end}"


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    first = client.get("/admin/")
    assert first["Location"] == "/admin/login/?next=/admin/"
    second = client.get(first["Location"])
    assert second["Location"] == "/accounts/login/code/?next=%2Fadmin%2F"
    posted = client.post("/admin/login/", {"username": "admin@example.org", "password": "x"})
    assert posted["Location"].startswith("/accounts/login/code/")


def test_the_door_leads_nowhere_else(client: Client, administrator: User) -> None:
    sent = client.get("/admin/login/?next=https://evil.example/")
    assert sent["Location"] == "/accounts/login/code/?next=%2Fadmin%2F"
    client.force_login(administrator)
    assert client.get("/admin/login/?next=//evil.example")["Location"] == "/admin/"


@pytest.mark.parametrize("role", ["contact", "stranger", "coordinator"])
def test_a_person_without_the_right_is_told_so_at_once(
    client: Client, request: Any, role: str
) -> None:
    client.force_login(request.getfixturevalue(role))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert len(answer.redirect_chain) == 1


@pytest.mark.parametrize("model", OURS)
def test_an_administrator_sees_people_and_organisations(
    client: Client, administrator: User, partnership: Partnership, model: str
) -> None:
    client.force_login(administrator)
    assert client.get(page(model)).status_code == 200
    assert page(model).encode() in client.get("/admin/").content


@pytest.mark.parametrize("model", OURS)
def test_staff_sees_none_of_them(client: Client, staff: User, model: str) -> None:
    client.force_login(staff)
    assert client.get(page(model)).status_code == 403
    assert page(model).encode() not in client.get("/admin/").content


@pytest.mark.parametrize("model", ["invitation", "region", "county"])
def test_some_are_only_to_look_at(client: Client, administrator: User, model: str) -> None:
    client.force_login(administrator)
    assert client.get(page(model, "add/")).status_code == 403


def test_what_packages_bring_is_not_there() -> None:
    names = {model._meta.label for model in admin.site._registry}
    assert not names & {"auth.Group", "account.EmailAddress", "mfa.Authenticator"}


def test_an_administrator_makes_a_person_with_a_role(
    client: Client, administrator: User, association: Organisation
) -> None:
    client.force_login(administrator)
    data = {
        "email": "Uusi@Example.org",
        "name": "Uusi",
        "language": "fi",
        "is_active": "on",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-organisation": association.pk,
        "memberships-0-role": "contact",
    }
    answer = client.post(page("user", "add/"), data)
    assert answer.status_code == 302, answer.context["errors"]
    made = User.objects.get(email="uusi@example.org")
    assert not made.has_usable_password()
    assert made.ties.contact == {association.pk}


def test_an_administrator_does_not_lock_themselves_out(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    data = {
        "name": "Uusi nimi",
        "language": "fi",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }
    assert client.post(page("user", f"{administrator.pk}/change/"), data).status_code == 302
    administrator.refresh_from_db()
    assert administrator.is_superuser
    assert administrator.is_active
    assert administrator.name == "Uusi nimi"


def test_a_lost_telephone(
    client: Client, administrator: User, coordinator: User, with_app: Callable[[User], User]
) -> None:
    with_app(coordinator)
    client.force_login(administrator)
    data = {"action": "take_second_factor", "_selected_action": [coordinator.pk]}
    assert client.post(page("user"), data).status_code == 302
    assert not Authenticator.objects.filter(user=coordinator).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_at_any_number_of_rows(
    client: Client, administrator: User, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        user = User.objects.create_user(f"p{number}@example.org")
        organisation = Organisation.objects.create(name=f"Yhdistys {number}")
        Membership.objects.create(user=user, organisation=organisation, role="contact")
    client.force_login(administrator)
    for model in ("user", "organisation"):
        with django_assert_num_queries(6):
            assert client.get(page(model)).status_code == 200


def test_leaving_the_admin_leaves_the_portal(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    assert client.post("/admin/logout/")["Location"] == "/accounts/logout/"
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"


def test_invitations_show_no_token(
    client: Client, administrator: User, contact: User, association: Organisation
) -> None:
    from organisations.membership.services import invite_person

    invite_person(
        association.pk, email="a@example.org", role="contact", language="fi", actor=contact
    )
    client.force_login(administrator)
    shown = client.get(page("invitation", f"{Invitation.objects.get().pk}/change/"))
    assert shown.status_code == 200
    assert Invitation.objects.get().token_hash.encode() not in shown.content
