"""Letters about acting for an organisation."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minno_portal import dates
from minno_portal.outbox.services import (
    Kind,
    Placeholder,
    Recipient,
    absolute_url,
    letter_kind,
    queue_letter,
)
from organisations.membership.enums import Role
from organisations.membership.models import Invitation, Membership
from organisations.people.models import User

_ORGANISATION = Placeholder("organisation", gettext_lazy("the organisation"))

INVITATION = letter_kind(
    Kind(
        "invitation",
        label=gettext_lazy("Invitation to the portal"),
        reader=gettext_lazy("whoever is invited to act for an organisation"),
        occasion=gettext_lazy(
            "at once, when a colleague, a coordinator or an administrator invites"
        ),
        placeholders=(
            _ORGANISATION,
            Placeholder("invited", gettext_lazy("who invites")),
            Placeholder("role", gettext_lazy("the role")),
            Placeholder("url", gettext_lazy("the personal link"), is_required=True),
            Placeholder("moment", gettext_lazy("until when the link works")),
        ),
        is_editable=False,
    )
)
CLAIM = letter_kind(
    Kind(
        "membership-claim",
        label=gettext_lazy("Somebody would like to act for an organisation"),
        reader=gettext_lazy("the organisation’s contact people"),
        occasion=gettext_lazy("at once, when a newcomer says to be a contact person"),
        placeholders=(
            _ORGANISATION,
            Placeholder("person", gettext_lazy("the newcomer’s name and address")),
            Placeholder("url", gettext_lazy("link to the organisation’s page"), is_required=True),
        ),
        is_editable=False,
    )
)
APPROVED, REFUSED = (
    letter_kind(
        Kind(
            name,
            label=label,
            reader=gettext_lazy("the newcomer"),
            occasion=gettext_lazy("at once, when a contact person or the coordinator has decided"),
            placeholders=(
                _ORGANISATION,
                Placeholder("url", gettext_lazy("link to one’s own first page")),
            ),
            is_editable=False,
        )
    )
    for name, label in (
        ("membership-approved", gettext_lazy("Approved to act for an organisation")),
        ("membership-refused", gettext_lazy("Not approved to act for an organisation")),
    )
)


def queue_invitation(invitation: Invitation, token: str) -> None:
    """Queue the letter with the link; its text is emptied when it has been sent."""
    queue_letter(
        INVITATION,
        key=f"invitation:{invitation.pk}:{invitation.token_hash[:16]}",
        to=Recipient(email=invitation.email, language=invitation.language),
        values=lambda to: {
            "organisation": invitation.organisation.name,
            "invited": _invited_by(str(invitation.invited_by or "")),
            "role": Role(invitation.role).label,
            "moment": dates.deadline(invitation.expires_at),
            "url": absolute_url("invitation", token, language=to.language),
        },
        about=invitation,
        expires_at=invitation.expires_at,
        is_secret=True,
    )


def _invited_by(inviter: str) -> str:
    if not inviter:
        return _("You have been invited to the MINNO portal.")
    return _("%(inviter)s invites you to the MINNO portal.") % {"inviter": inviter}


def queue_claim(membership: Membership) -> None:
    """Tell the association's contact people of a person who says to be one of them."""
    newcomer = membership.user
    name = f"{newcomer.name} ({newcomer.email})" if newcomer.name else newcomer.email
    people = User.objects.filter(
        memberships__organisation=membership.organisation,
        memberships__role=Role.CONTACT,
        memberships__awaits_approval=False,
        is_active=True,
    )
    for person in people:
        queue_letter(
            CLAIM,
            key=f"membership-claim:{membership.pk}:{person.pk}",
            to=Recipient.of(person),
            values=lambda to: {
                "organisation": membership.organisation.name,
                "person": name,
                "url": absolute_url(
                    "organisation", membership.organisation_id, language=to.language
                ),
            },
            about=membership.organisation,
        )


def queue_claim_answer(membership: Membership, *, is_approved: bool) -> None:
    """Tell a person whether they now act for the association."""
    person = membership.user
    queue_letter(
        APPROVED if is_approved else REFUSED,
        key=f"membership-answer:{membership.pk}",
        to=Recipient.of(person),
        values=lambda to: {
            "organisation": membership.organisation.name,
            "url": absolute_url("desk", language=to.language),
        },
        about=membership.organisation,
    )
