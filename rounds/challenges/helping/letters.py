"""The letter of a late permission."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal import dates
from minno_portal.outbox.services import (
    Addressee,
    Kind,
    Placeholder,
    Recipient,
    Rendered,
    absolute_url,
    letter_kind,
    preview_letter,
    queue_letter,
)
from organisations.membership.enums import Role
from organisations.people.models import User
from organisations.register.models import Contact, Organisation
from rounds.challenges.helping.models import LatePermission

LATE_PERMISSION = letter_kind(
    Kind(
        "late-permission",
        label=_("Permission to give a challenge late"),
        reader=_("the association’s contact people"),
        occasion=_("at once, when the coordinator gives one association more time"),
        placeholders=(
            Placeholder("organisation", _("the association")),
            Placeholder("code", _("the round, for example 2/2027")),
            Placeholder("deadline", _("the deadline"), is_required=True),
            Placeholder("reason", _("what the coordinator wrote")),
            Placeholder("url", _("link to the form"), is_required=True),
        ),
    )
)


def queue_late(permission: LatePermission) -> None:
    """Tell the association until when it can still give a challenge."""
    for to in recipients_of(permission.organisation):
        queue_letter(
            LATE_PERMISSION,
            key=f"late-permission:{permission.pk}:{permission.until.isoformat()}:{to.email}",
            to=to,
            values=lambda to: _values(permission, to),
            sender=permission.round.sender,
            about=permission.round,
            expires_at=permission.until,
        )


def preview_late(permission: LatePermission, to: Recipient) -> Rendered:
    """Return the letter to one reader before the permission is given."""
    return preview_letter(
        LATE_PERMISSION,
        to=to,
        values=lambda to: _values(permission, to),
        sender=permission.round.sender,
    )


def _values(permission: LatePermission, to: Addressee) -> dict[str, object]:
    return {
        "organisation": permission.organisation,
        "code": permission.round.code,
        "deadline": dates.deadline(permission.until),
        "reason": permission.reason,
        "url": absolute_url("challenge-new", permission.round.slug, language=to.language),
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
