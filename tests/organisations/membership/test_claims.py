"""Saying yes or no to people who say to act for an association."""

from __future__ import annotations

import pytest
from django.test import Client

from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from minno_portal.waiting import waiting_for
from organisations.membership import errors
from organisations.membership.claims import approve_claim, refuse_claim
from organisations.membership.services import (
    accept_invitation,
    cancel_invitation,
    end_membership,
    invite_person,
)
from organisations.models import Invitation, Membership, Organisation, Partnership, User
from rounds.challenges.models import Challenge


@pytest.fixture
def claim(association: Organisation, stranger: User, contact: User) -> Membership:
    return Membership.objects.create(
        user=stranger, organisation=association, role="contact", awaits_approval=True
    )


def address(membership: Membership, end: str) -> str:
    return f"/organisations/{membership.organisation_id}/people/{membership.pk}/{end}/"


@pytest.mark.parametrize("who", ["contact", "coordinator"])
def test_a_colleague_or_the_coordinator_approves(
    request: pytest.FixtureRequest, claim: Membership, who: str
) -> None:
    actor = request.getfixturevalue(who)
    for _press in range(2):
        assert not approve_claim(claim.pk, actor=actor).awaits_approval
    letter = Letter.objects.get(kind="membership-approved")
    assert letter.recipient == claim.user.email
    with pytest.raises(WrongState):
        refuse_claim(claim.pk, actor=actor)


def test_refusing_takes_the_claim_and_leaves_the_work(
    claim: Membership, coordinator: User, draft: Challenge
) -> None:
    Challenge.objects.filter(pk=draft.pk).update(created_by=claim.user)
    refuse_claim(claim.pk, actor=coordinator)
    assert not Membership.objects.filter(pk=claim.pk).exists()
    claim.user.forget_ties()
    assert not Challenge.objects.visible_to(claim.user).exists()
    assert Challenge.objects.get().organisation == claim.organisation
    assert Letter.objects.filter(kind="membership-refused").count() == 1
    with pytest.raises(WrongState):
        approve_claim(claim.pk, actor=coordinator)


@pytest.mark.parametrize("who", ["other_contact", "staff", "administrator"])
def test_nobody_else_answers(
    request: pytest.FixtureRequest, claim: Membership, partnership: Partnership, who: str
) -> None:
    for answer in (approve_claim, refuse_claim):
        with pytest.raises(NotAllowed):
            answer(claim.pk, actor=request.getfixturevalue(who))
        with pytest.raises(NotAllowed):
            answer(claim.pk, actor=claim.user)


def test_a_coordinator_does_not_approve_themselves(
    association: Organisation, coordinator: User
) -> None:
    own = Membership.objects.create(
        user=coordinator, organisation=association, role="contact", awaits_approval=True
    )
    with pytest.raises(NotAllowed):
        approve_claim(own.pk, actor=coordinator)


def test_it_waits_for_both(
    claim: Membership, contact: User, coordinator: User, other_contact: User
) -> None:
    urls = [line.url for line in waiting_for(contact)]
    assert f"/organisations/{claim.organisation_id}/#people" in urls
    assert "/manage/organisations/?look=waiting" in [line.url for line in waiting_for(coordinator)]
    assert not waiting_for(other_contact)
    approve_claim(claim.pk, actor=coordinator)
    assert not [line for line in waiting_for(contact) if "organisations" in line.url]


def test_the_buttons_answer(client: Client, claim: Membership, contact: User) -> None:
    client.force_login(contact)
    shown = client.get(f"/organisations/{claim.organisation_id}/").content.decode()
    assert address(claim, "approve") in shown
    answer = client.post(address(claim, "approve"))
    assert answer["Location"] == f"/organisations/{claim.organisation_id}/"
    claim.refresh_from_db()
    assert not claim.awaits_approval
    assert client.get(address(claim, "refuse")).status_code == 405
    assert client.post(address(claim, "refuse")).status_code == 302
    assert Membership.objects.filter(pk=claim.pk).exists()


@pytest.mark.parametrize("end", ["approve", "refuse", "end"])
def test_strangers_find_no_buttons(
    client: Client, claim: Membership, other_contact: User, end: str
) -> None:
    client.force_login(other_contact)
    assert client.post(address(claim, end)).status_code == 404
    client.force_login(claim.user)
    assert client.post(address(claim, end)).status_code == 404


def test_an_invitation_approves_a_claim(claim: Membership, contact: User) -> None:
    token = invite_person(
        claim.organisation_id,
        email=claim.user.email,
        role="contact",
        language="fi",
        actor=contact,
    )
    assert not accept_invitation(token, actor=claim.user).awaits_approval
    assert Membership.objects.filter(user=claim.user).count() == 1


def test_one_leaves_and_ones_work_stays(
    client: Client, association: Organisation, contact: User, draft: Challenge
) -> None:
    mine = contact.memberships.get()
    client.force_login(contact)
    assert client.post(address(mine, "end"))["Location"] == "/me/"
    assert not contact.memberships.exists()
    assert Challenge.objects.get().organisation == association


def test_who_ends_whose_membership(
    contact: User, colleague: User, coordinator: User, administrator: User
) -> None:
    other = colleague.memberships.get()
    for actor in (contact, administrator):
        with pytest.raises(NotAllowed):
            end_membership(other.pk, actor=actor)
    end_membership(other.pk, actor=coordinator)
    with pytest.raises(WrongState):
        end_membership(other.pk, actor=coordinator)


def test_the_last_coordinator_stays(
    coordinator: User, partnership: Partnership, stranger: User
) -> None:
    own = coordinator.memberships.get()
    with pytest.raises(errors.LastOfRole):
        end_membership(own.pk, actor=coordinator)
    Membership.objects.create(user=stranger, organisation=own.organisation, role="coordinator")
    end_membership(own.pk, actor=coordinator)


def test_an_invitation_is_taken_back(
    client: Client, association: Organisation, contact: User, other_contact: User
) -> None:
    token = invite_person(
        association.pk, email="x@example.org", role="contact", language="fi", actor=contact
    )
    invited = Invitation.objects.get()
    url = f"/organisations/{association.pk}/invitations/{invited.pk}/cancel/"
    client.force_login(other_contact)
    assert client.post(url).status_code == 404
    with pytest.raises(NotAllowed):
        cancel_invitation(invited.pk, actor=other_contact)
    client.force_login(contact)
    assert url in client.get(f"/organisations/{association.pk}/").content.decode()
    assert client.post(url).status_code == 302
    assert not Invitation.objects.exists()
    assert client.post(url).status_code == 404
    with pytest.raises(WrongState):
        cancel_invitation(invited.pk, actor=contact)
    with pytest.raises(errors.InvitationUnknown):
        accept_invitation(token, actor=other_contact)
