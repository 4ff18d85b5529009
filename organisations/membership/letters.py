"""The letter that invites."""

from __future__ import annotations

from minno_portal.outbox.services import Recipient, absolute_url, queue_letter
from organisations.membership.enums import Role
from organisations.membership.models import Invitation


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
