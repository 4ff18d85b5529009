"""How people come to act for organisations."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

import rules
from allauth.account.models import EmailAddress

from minno_portal import clock
from minno_portal.errors import NotAllowed
from minno_portal.services import service
from organisations.membership import errors
from organisations.membership.letters import queue_invitation
from organisations.membership.models import Invitation, Membership
from organisations.membership.permissions import INVITING
from organisations.people.models import User
from organisations.people.services import ensure_person
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
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    if role not in INVITING or not rules.has_perm(INVITING[role], actor, organisation):
        raise NotAllowed
    address = email.strip().lower()
    if organisation.memberships.filter(user__email=address, role=role).exists():
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
    membership, _is_new = Membership.objects.get_or_create(
        user=actor, organisation=invitation.organisation, role=invitation.role
    )
    invitation.accepted_at = clock.now()
    invitation.accepted_by = actor
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    actor.forget_ties()
    return membership


def is_own_address(user: User, email: str) -> bool:
    """Whether `email` is the person's: their own, or another that they have confirmed."""
    return (
        email == user.email
        or EmailAddress.objects.filter(user=user, email=email, verified=True).exists()
    )


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
    membership, _is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role
    )
    return membership
