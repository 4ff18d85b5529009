"""How people come to act for organisations."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

import rules
from allauth.account.models import EmailAddress

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.services import service
from organisations.membership import errors
from organisations.membership.enums import Role
from organisations.membership.letters import queue_invitation
from organisations.membership.models import Invitation, Membership
from organisations.membership.permissions import INVITING
from organisations.people.models import User
from organisations.people.services import ensure_person
from organisations.register.locks import lock_organisation
from organisations.register.models import Organisation

VALID_DAYS = 14


def token_hash(token: str) -> str:
    """Return what is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@service
def invite_person(
    organisation_id: int, *, email: str, role: str, language: str, actor: User
) -> str:
    """Ask a person by letter to act for an organisation; asking again replaces the earlier link.

    :returns: the token of the link, of which only the hash is kept.
    :raises NotAllowed: when the actor may not invite to this role there.
    :raises AlreadyMember: when the person has the role.
    :raises OrganisationGone: when the organisation has been merged away at this moment.
    """
    organisation = lock_organisation(organisation_id)
    if role not in INVITING or not rules.has_perm(INVITING[role], actor, organisation):
        raise NotAllowed
    address = email.strip().lower()
    members = organisation.memberships.filter(awaits_approval=False)
    if members.filter(user__email=address, role=role).exists():
        raise errors.AlreadyMember
    token = secrets.token_urlsafe(32)
    # The organisation's row is locked: two people who invite the same one wait for each other.
    invitation, _is_new = Invitation.objects.update_or_create(
        organisation=organisation,
        email=address,
        role=role,
        accepted_at=None,
        defaults={
            "language": language,
            "token_hash": token_hash(token),
            "invited_by": actor,
            "created_at": clock.now(),
            "expires_at": clock.now() + dt.timedelta(days=VALID_DAYS),
        },
    )
    queue_invitation(invitation, token)
    return token


@service
def cancel_invitation(invitation_id: int, *, actor: User) -> Invitation:
    """Take back an invitation that has not been accepted: its link leads nowhere any more.

    :returns: the invitation, which is no more.
    :raises NotAllowed: when the actor may not invite to this role there.
    :raises WrongState: when it has been accepted, or somebody was faster.
    """
    found = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    invitation = found.filter(pk=invitation_id, accepted_at=None).first()
    if invitation is None:
        raise WrongState
    if not rules.has_perm(INVITING[Role(invitation.role)], actor, invitation.organisation):
        raise NotAllowed
    invitation.delete()
    return invitation


@service
def end_membership(membership_id: int, *, actor: User) -> Membership:
    """Let a person no longer act for an organisation; what they have written stays there.

    :returns: the membership, which is no more.
    :raises NotAllowed: when it is somebody else's, unless a coordinator ends a contact's.
    :raises LastOfRole: when nobody else would run the partnership's side.
    :raises OrganisationGone: when the organisation has been merged away at this moment.
    :raises WrongState: when somebody was faster.
    """
    found = Membership.objects.select_related("organisation", "user").filter(pk=membership_id)
    membership = found.first()
    if membership is None:
        raise WrongState
    # Two who leave at once wait for each other, so that one of them stays.
    lock_organisation(membership.organisation_id)
    if not rules.has_perm("organisations.end_membership", actor, membership):
        raise NotAllowed
    others = membership.organisation.memberships.filter(role=membership.role)
    if membership.role != Role.CONTACT and not others.exclude(pk=membership.pk).exists():
        raise errors.LastOfRole
    membership.delete()
    actor.forget_ties()
    return membership


@service
def accept_invitation(token: str, *, actor: User) -> Membership:
    """Let the person who was invited act for the organisation.

    :raises Refused: one of `organisations.membership.errors`, with what to do about it.
    """
    found = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    invitation = found.filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise errors.InvitationUnknown
    if invitation.accepted_at:
        raise errors.InvitationUsed
    if invitation.expires_at <= clock.now():
        raise errors.InvitationExpired
    if not is_own_address(actor, invitation.email):
        raise errors.OtherAddress
    # Being invited approves what the person may have said of themselves before.
    membership, _is_new = Membership.objects.update_or_create(
        user=actor,
        organisation=invitation.organisation,
        role=invitation.role,
        defaults={"awaits_approval": False},
    )
    invitation.accepted_at = clock.now()
    invitation.accepted_by = actor
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    actor.forget_ties()
    return membership


def own_addresses(user: User) -> set[str]:
    """Return the person's addresses: their own, and others that they have confirmed."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return {user.email, *(email.lower() for email in confirmed.values_list("email", flat=True))}


def is_own_address(user: User, email: str) -> bool:
    """Whether `email` is one of the person's addresses."""
    return email in own_addresses(user)


@service
def appoint_person(
    *, email: str, organisation: Organisation, role: str, name: str = "", language: str = "fi"
) -> Membership:
    """Give a person a role without an invitation, from the server's command line.

    Safe to repeat; a name that is known already stays.
    """
    user = ensure_person(email, language=language)
    if name and not user.name:
        user.name = name
        user.save(update_fields=["name"])
    membership, _is_new = Membership.objects.update_or_create(
        user=user, organisation=organisation, role=role, defaults={"awaits_approval": False}
    )
    return membership
