"""The letter of a late permission."""

from __future__ import annotations

from minno_portal.outbox.services import Recipient, absolute_url, queue_letter
from organisations.membership.enums import Role
from organisations.people.models import User
from organisations.register.models import Contact, Organisation
from rounds.challenges.helping.models import LatePermission


def queue_late(permission: LatePermission) -> None:
    """Tell the association until when it can still give a challenge."""
    round_ = permission.round
    for to in recipients_of(permission.organisation):
        queue_letter(
            "late-permission",
            key=f"late-permission:{permission.pk}:{permission.until.isoformat()}:{to.email}",
            to=to,
            context=context_for(permission, to),
            about=round_,
            thread=round_.slug,
            reply_to=round_.partnership.reply_to,
            expires_at=permission.until,
        )


def context_for(permission: LatePermission, to: Recipient) -> dict[str, object]:
    """Return what the letter to one reader knows."""
    round_ = permission.round
    return {
        "permission": permission,
        "round": round_,
        "partnership": round_.partnership,
        "url": absolute_url("challenge-new", round_.slug, language=to.language),
    }


def recipients_of(organisation: Organisation) -> list[Recipient]:
    """Return the organisation's contact people; without any account, those of the register."""
    people = User.objects.filter(
        memberships__organisation=organisation,
        memberships__role=Role.CONTACT,
        memberships__awaits_approval=False,
        is_active=True,
    ).distinct()
    if people:
        return [Recipient.of(person) for person in people]
    if organisation.no_mail:
        return []
    contacts = Contact.objects.filter(organisation=organisation, no_mail=False)
    return [Recipient.of(contact) for contact in contacts]
