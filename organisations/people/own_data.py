"""What is held of a person as such, for their own data file: account, roles, letters."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry

from minno_portal.outbox.models import FailingAddress, Letter, LetterText
from organisations.membership.models import Invitation
from organisations.people.exports import (
    at_own_address,
    exports_data,
    exports_rows,
    leaves_out,
)
from organisations.people.models import User


@exports_data("person", covers=("organisations.User.email",))
def _person(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "phone": user.phone,
        "language": user.language,
        "weekly_digest": user.weekly_digest,
        "created_at": user.created_at,
        "last_sign_in": user.last_login,
        "is_administrator": user.is_superuser,
    }


exports_rows("addresses", EmailAddress, "user", ("email", "verified", "primary"))
leaves_out("account.EmailAddress.email", "belongs to an account, by which it is found")
# What kinds there are and when they were used; their secrets open doors and stay inside.
exports_rows("second_factors", Authenticator, "user", ("type", "created_at", "last_used_at"))
exports_rows(
    "changes_in_the_admin",
    LogEntry,
    "user",
    ("action_time", "content_type__model", "object_repr", "change_message"),
)


@exports_data("memberships", covers=("organisations.Membership.user",))
def _memberships(user: User) -> list[dict[str, Any]]:
    return [
        {
            "organisation": membership.organisation.name,
            "role": membership.role,
            "since": membership.created_at,
            "awaits_approval": membership.awaits_approval,
        }
        for membership in user.memberships.select_related("organisation").order_by("pk")
    ]


@exports_data(
    "invitations",
    covers=(
        "organisations.Invitation.email",
        "organisations.Invitation.invited_by",
        "organisations.Invitation.accepted_by",
    ),
)
def _invitations(user: User) -> list[dict[str, Any]]:
    rows = (
        Invitation.objects.filter(at_own_address(user, "email"))
        | Invitation.objects.filter(invited_by=user)
        | Invitation.objects.filter(accepted_by=user)
    )
    return [
        {
            "organisation": invitation.organisation.name,
            "role": invitation.role,
            "to": invitation.email,
            "sent_at": invitation.created_at,
            "accepted_at": invitation.accepted_at,
        }
        for invitation in rows.select_related("organisation").order_by("pk")
    ]


exports_rows(
    "letters", Letter, "recipient", ("kind", "subject", "language", "created_at", "sent_at")
)
leaves_out("outbox.Letter.reply_to", "the address of a partnership, not of a person")
exports_rows("letters_edited", Letter, "edited_by", ("kind", "subject", "language", "edited_at"))
exports_rows(
    "texts_of_letters", LetterText, "edited_by", ("kind", "language", "subject", "edited_at")
)
exports_rows("address_that_fails", FailingAddress, "address", ("address", "since", "reason"))
leaves_out("organisations.Partnership.reply_to", "the address of a partnership, not of a person")
leaves_out("organisations.User_groups.user", "the portal gives no powers by groups")
leaves_out("organisations.User_user_permissions.user", "the portal gives no single powers")
