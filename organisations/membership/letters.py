"""Letters about acting for an organisation."""

from __future__ import annotations

from minno_portal.outbox.services import Recipient, absolute_url, queue_letter
from organisations.membership.enums import Role
from organisations.membership.models import Invitation, Membership
from organisations.people.models import User


def queue_invitation(invitation: Invitation, token: str) -> None:
    """Queue the letter with the link; its text is emptied when it has been sent."""
    queue_letter(
        "invitation",
        key=f"invitation:{invitation.pk}:{invitation.token_hash[:16]}",
        to=Recipient(email=invitation.email, language=invitation.language),
        context={
            "organisation": invitation.organisation.name,
            "inviter": str(invitation.invited_by or ""),
            "role": Role(invitation.role).label,
            "until": invitation.expires_at,
            "url": absolute_url("invitation", token, language=invitation.language),
        },
        about=invitation,
        expires_at=invitation.expires_at,
        is_secret=True,
    )


def queue_claim(membership: Membership) -> None:
    """Tell the association's contact people of a person who says to be one of them."""
    people = User.objects.filter(
        memberships__organisation=membership.organisation,
        memberships__role=Role.CONTACT,
        memberships__awaits_approval=False,
        is_active=True,
    )
    for person in people:
        queue_letter(
            "membership-claim",
            key=f"membership-claim:{membership.pk}:{person.pk}",
            to=Recipient.of(person),
            context={
                "organisation": membership.organisation.name,
                "person": membership.user.name,
                "address": membership.user.email,
                "url": absolute_url(
                    "organisation", membership.organisation_id, language=person.language
                ),
            },
            about=membership.organisation,
        )


def queue_claim_answer(membership: Membership, *, is_approved: bool) -> None:
    """Tell a person whether they now act for the association."""
    person = membership.user
    queue_letter(
        "membership-answer",
        key=f"membership-answer:{membership.pk}",
        to=Recipient.of(person),
        context={
            "organisation": membership.organisation.name,
            "is_approved": is_approved,
            "url": absolute_url("desk", language=person.language),
        },
        about=membership.organisation,
    )
