from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import translation

from minno_portal import clock
from minno_portal.errors import NotAllowed
from organisations.membership import errors
from organisations.membership.enums import Role
from organisations.membership.permissions import roles_to_invite
from organisations.membership.services import (
    accept_invitation,
    appoint_person,
    invite_person,
    token_hash,
)
from organisations.models import Invitation, Membership, Organisation, Partnership, User
from tests.organisations.conftest import newest

ADDRESS = "kutsuttu@example.org"


def invite(
    organisation: Organisation, actor: User, email: str = ADDRESS, role: str = "contact"
) -> str:
    return invite_person(organisation.pk, email=email, role=role, language="fi", actor=actor)


@pytest.fixture
def invited(db: None) -> User:
    return User.objects.create_user(ADDRESS)


# Who may invite to which role where; what is not named is refused.
ALLOWED = {
    ("contact", "association"): ["contact"],
    ("coordinator", "association"): ["contact"],
    ("coordinator", "umbrella"): ["contact", "coordinator"],
    ("coordinator", "school"): ["staff"],
    ("staff", "school"): ["staff"],
    ("administrator", "association"): ["contact", "coordinator"],
    ("administrator", "umbrella"): ["contact", "coordinator"],
    ("administrator", "school"): ["staff"],
}


@pytest.mark.parametrize(
    "who", ["contact", "other_contact", "coordinator", "staff", "administrator", "stranger"]
)
@pytest.mark.parametrize("where", ["association", "umbrella", "school"])
def test_who_invites_to_what(
    request: pytest.FixtureRequest,
    partnership: Partnership,
    association: Organisation,
    who: str,
    where: str,
) -> None:
    actor, organisation = request.getfixturevalue(who), request.getfixturevalue(where)
    allowed = ALLOWED.get((who, where), [])
    assert roles_to_invite(actor, organisation) == allowed
    for role in Role.values:
        if role in allowed:
            assert invite(organisation, actor, role=role)
        else:
            with pytest.raises(NotAllowed):
                invite(organisation, actor, role=role)


def test_a_coordinator_does_not_invite_to_another_partnerships_school(coordinator: User) -> None:
    other = Organisation.objects.create(name="Toinen koulu", kind="institution")
    with pytest.raises(NotAllowed):
        invite(other, coordinator, role="staff")


def test_an_unknown_role_is_refused(association: Organisation, contact: User) -> None:
    with pytest.raises(NotAllowed):
        invite(association, contact, role="king")


def test_only_the_hash_is_kept(association: Organisation, contact: User) -> None:
    token = invite(association, contact, email=" Kutsuttu@Example.org ")
    kept = Invitation.objects.get()
    assert kept.token_hash == token_hash(token)
    assert token not in str(vars(kept))
    assert kept.email == ADDRESS
    assert kept.expires_at - kept.created_at == pytest.approx(
        dt.timedelta(days=14), abs=dt.timedelta(seconds=5)
    )
    letter = newest("invitation")
    assert letter.recipient == ADDRESS
    assert f"/invitations/{token}/" in letter.text
    assert letter.is_secret


@pytest.mark.parametrize(
    ("language", "address"), [("fi", "/inv"), ("sv", "/sv/inv"), ("en", "/en/inv")]
)
def test_the_letter_speaks_the_chosen_language(
    association: Organisation, contact: User, language: str, address: str
) -> None:
    invite_person(association.pk, email=ADDRESS, role="contact", language=language, actor=contact)
    letter = newest("invitation")
    assert letter.language == language
    assert f"8000{address}" in letter.text
    assert association.name in letter.subject
    assert contact.name in letter.text
    with translation.override(language):
        assert f": {Role.CONTACT.label}\n" in letter.text


def test_inviting_again_replaces_the_link(
    association: Organisation, contact: User, colleague: User, invited: User
) -> None:
    old = invite(association, contact)
    new = invite(association, colleague)
    assert Invitation.objects.get().invited_by == colleague
    with pytest.raises(errors.InvitationUnknown):
        accept_invitation(old, actor=invited)
    assert accept_invitation(new, actor=invited).organisation == association


def test_a_member_is_not_invited_again(
    association: Organisation, contact: User, colleague: User
) -> None:
    with pytest.raises(errors.AlreadyMember):
        invite(association, contact, email=colleague.email.upper())


def test_accepting_works_once(association: Organisation, contact: User, invited: User) -> None:
    token = invite(association, contact)
    assert not invited.ties.every
    membership = accept_invitation(token, actor=invited)
    assert (membership.user, membership.role) == (invited, Role.CONTACT)
    assert invited.ties.contact == {association.pk}
    assert Invitation.objects.get().accepted_by == invited
    with pytest.raises(errors.InvitationUsed):
        accept_invitation(token, actor=invited)


def test_after_two_weeks_it_is_too_late(
    association: Organisation, contact: User, invited: User
) -> None:
    token = invite(association, contact)
    with clock.playing_at(clock.now() + dt.timedelta(days=13, hours=23)):
        assert Invitation.objects.open().exists()
    with clock.playing_at(clock.now() + dt.timedelta(days=14, minutes=1)):
        with pytest.raises(errors.InvitationExpired):
            accept_invitation(token, actor=invited)
        assert not Invitation.objects.open().exists()


def test_only_the_invited_address_accepts(
    association: Organisation, contact: User, stranger: User
) -> None:
    token = invite(association, contact)
    with pytest.raises(errors.OtherAddress):
        accept_invitation(token, actor=stranger)
    unproved = EmailAddress.objects.create(user=stranger, email=ADDRESS, verified=False)
    with pytest.raises(errors.OtherAddress):
        accept_invitation(token, actor=stranger)
    unproved.verified = True
    unproved.save()
    assert accept_invitation(token, actor=stranger).user == stranger


@pytest.mark.parametrize("token", ["", "x", "\x00", "å" * 500])
def test_an_unknown_token_is_refused(invited: User, token: str) -> None:
    with pytest.raises(errors.InvitationUnknown):
        accept_invitation(token, actor=invited)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_wins() -> None:
    association = Organisation.objects.create(name="Yhdistys ry")
    contact = User.objects.create_user("c@example.org")
    Membership.objects.create(user=contact, organisation=association, role="contact")
    owner = User.objects.create_user(ADDRESS)
    token = invite(association, contact)

    def accept(_number: int) -> str:
        try:
            accept_invitation(token, actor=User.objects.get(pk=owner.pk))
        except errors.InvitationUsed:
            return "used"
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(accept, range(6)))
    assert answers == ["accepted"] + ["used"] * 5
    assert Membership.objects.filter(user=owner).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_invite_at_once_one_link_stays() -> None:
    association = Organisation.objects.create(name="Yhdistys ry")
    contact = User.objects.create_user("c@example.org")
    Membership.objects.create(user=contact, organisation=association, role="contact")

    def ask(_number: int) -> str:
        try:
            return invite(association, User.objects.get(pk=contact.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        tokens = set(pool.map(ask, range(4)))
    assert Invitation.objects.get().token_hash in {token_hash(token) for token in tokens}


def test_appointing_is_safe_to_repeat(association: Organisation, contact: User) -> None:
    for _time in range(2):
        appoint_person(
            email=contact.email, organisation=association, role="coordinator", name="Muu"
        )
    contact.refresh_from_db()
    assert contact.name == "Contact"
    assert contact.memberships.count() == 2
