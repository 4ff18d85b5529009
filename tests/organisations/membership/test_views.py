from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from minno_portal import clock
from organisations.membership.services import invite_person
from organisations.models import Invitation, Membership, Organisation, Partnership, User
from tests.organisations.conftest import newest, sign_in_by_code

pytestmark = pytest.mark.django_db
ADDRESS = "kutsuttu@example.org"
GOOD = {"email": ADDRESS, "role": "contact", "language": "fi"}


@pytest.fixture
def token(association: Organisation, contact: User) -> str:
    return invite_person(
        association.pk, email=ADDRESS, role="contact", language="fi", actor=contact
    )


def test_a_contact_invites_a_colleague(
    client: Client, association: Organisation, contact: User
) -> None:
    client.force_login(contact)
    page = f"/organisations/{association.pk}/"
    assert client.get(f"{page}invite/").status_code == 200
    assert client.post(f"{page}invite/", GOOD)["Location"] == page
    shown = client.get(page).content.decode()
    # In the message, among the open invitations and on the button that takes it back.
    assert shown.count(ADDRESS) == 3
    assert newest("invitation").recipient == ADDRESS


def test_who_may_not_invite_does_not_see_the_form(
    client: Client, association: Organisation, partnership: Partnership, coordinator: User
) -> None:
    other = Organisation.objects.create(name="Koulu", kind="institution")
    Membership.objects.create(user=coordinator, organisation=other, role="contact")
    client.force_login(coordinator)
    assert b'id="invite"' not in client.get(f"/organisations/{other.pk}/").content
    assert client.get(f"/organisations/{other.pk}/invite/").status_code == 403
    assert client.post(f"/organisations/{other.pk}/invite/", GOOD).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "x"), ("email", "contact@example.org"), ("role", "staff"), ("language", "xx")],
)
def test_bad_input_is_told(
    client: Client, association: Organisation, contact: User, field: str, value: str
) -> None:
    client.force_login(contact)
    answer = client.post(f"/organisations/{association.pk}/invite/", GOOD | {field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not Invitation.objects.exists()


def test_the_way_of_a_newcomer(client: Client, association: Organisation, token: str) -> None:
    page = f"/invitations/{token}/"
    shown = client.get(page)
    assert association.name in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    door = client.post(page)
    assert door["Location"] == f"/accounts/login/code/?next=/invitations/{token}/"
    assert sign_in_by_code(client, ADDRESS, page)["Location"] == page
    client.get(page)
    assert not Membership.objects.filter(user__email=ADDRESS).exists()  # opening accepts nothing
    assert client.post(page)["Location"] == f"/organisations/{association.pk}/"
    assert client.get(f"/organisations/{association.pk}/").status_code == 200
    again = client.post(page, follow=True).content.decode()
    assert Invitation.objects.get().accepted_at
    assert "/me/" in again


def test_another_address_is_told_so(client: Client, stranger: User, token: str) -> None:
    client.force_login(stranger)
    page = f"/en/invitations/{token}/"
    shown = client.get(page).content.decode()
    assert "was sent to another address" in shown
    assert ADDRESS not in shown
    assert client.post(page)["Location"] == page
    assert not stranger.memberships.exists()
    out = client.post("/en/accounts/logout/", {"next": page})
    assert out["Location"] == page


def test_an_old_link_says_what_to_do(client: Client, token: str) -> None:
    with clock.playing_at(clock.now() + dt.timedelta(days=15)):
        shown = client.get(f"/en/invitations/{token}/").content.decode()
    assert "out of date" in shown
    assert '<form method="post">' not in shown


def test_an_unknown_link_is_not_found(client: Client, contact: User) -> None:
    assert client.get("/invitations/nonsense/").status_code == 404
    client.force_login(contact)
    assert client.post("/invitations/nonsense/").status_code == 302
