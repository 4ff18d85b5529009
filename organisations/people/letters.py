"""Letters about signing in."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from minno_portal import clock, dates
from minno_portal.outbox.services import Kind, Placeholder, Recipient, letter_kind, queue_letter
from organisations.people.models import User

CODE_MINUTES = 15

# What happened to an account, by a key of our own; the letter is the same around it.
NOTICES: dict[str, Promise] = {
    "address-changed": _("The e-mail address of your account was changed."),
    "address-removed": _("An e-mail address was removed from your account."),
    "password-changed": _("The password of your account was changed."),
    "password-set": _("A password was set for your account."),
    "recovery-codes-made": _("New recovery codes were made for your account."),
    "app-added": _("An authenticator app was added to your account."),
    "app-removed": _("The authenticator app was removed from your account."),
    "key-added": _("A passkey was added to your account."),
    "key-removed": _("A passkey was removed from your account."),
    "second-factor-removed": _(
        "An administrator removed the second factor of your account. "
        "You set up a new one when you sign in next time."
    ),
}

_CODE = (
    Placeholder("code", _("the code"), is_required=True),
    Placeholder("minutes", _("how long it works")),
)
_ADDRESS = (Placeholder("address", _("the address that was typed")),)
_WHO_TYPED = _("whoever holds the address that was typed")

CODES = {
    kind.name: letter_kind(kind)
    for kind in (
        Kind(
            "sign-in-code",
            label=_("Sign-in code"),
            reader=_WHO_TYPED,
            occasion=_("at once, when a person asks for a code to sign in with"),
            placeholders=_CODE,
            is_editable=False,
        ),
        Kind(
            "address-code",
            label=_("Code that confirms an address"),
            reader=_WHO_TYPED,
            occasion=_("at once, when a person adds or changes an e-mail address"),
            placeholders=_CODE,
            is_editable=False,
        ),
        Kind(
            "password-code",
            label=_("Code for a new password"),
            reader=_WHO_TYPED,
            occasion=_("at once, when a person has forgotten the password"),
            placeholders=_CODE,
            is_editable=False,
        ),
    )
}
PLAIN = {
    kind.name: letter_kind(kind)
    for kind in (
        Kind(
            "address-closed",
            label=_("The account is closed"),
            reader=_WHO_TYPED,
            occasion=_("at once, instead of a code, when the account of the address is closed"),
            placeholders=_ADDRESS,
            is_editable=False,
        ),
        Kind(
            "address-taken",
            label=_("The address is in use"),
            reader=_WHO_TYPED,
            occasion=_("at once, when somebody wants to use an address that has an account"),
            placeholders=_ADDRESS,
            is_editable=False,
        ),
    )
}
NOTICE = letter_kind(
    Kind(
        "account-notice",
        label=_("Something was changed in an account"),
        reader=_("the account’s owner, at an address that is taken away as well"),
        occasion=_("at once, so that a change one has not made oneself is noticed"),
        placeholders=(
            Placeholder("what", _("what was changed")),
            Placeholder("moment", _("when")),
        ),
        is_editable=False,
    )
)


def queue_code(kind: str, *, email: str, language: str, code: str) -> None:
    """Queue a letter with a one-time code; it is worth nothing after a quarter of an hour.

    :param kind: a key of `CODES`.
    """
    queue_letter(
        CODES[kind],
        key=f"{kind}:{uuid.uuid4()}",
        to=Recipient(email=email, language=language),
        values=lambda _to: {"code": code, "minutes": minutes(CODE_MINUTES)},
        expires_at=clock.now() + dt.timedelta(minutes=CODE_MINUTES),
        is_secret=True,
    )


def minutes(count: int) -> str:
    """Return “15 minutes” in the present language."""
    return ngettext("%(counter)d minute", "%(counter)d minutes", count) % {"counter": count}


def queue_plain(kind: str, *, email: str, language: str) -> None:
    """Queue a letter to an address that need not be anybody's.

    :param kind: a key of `PLAIN`.
    """
    queue_letter(
        PLAIN[kind],
        key=f"{kind}:{uuid.uuid4()}",
        to=Recipient(email=email, language=language),
        values=lambda _to: {"address": email},
    )


def queue_notice(notice: str, user: User, *, email: str = "") -> None:
    """Queue the letter that tells a person what was changed in their account.

    :param notice: a key of `NOTICES`.
    :param email: where to, when not to the person's present address.
    """
    moment = clock.now()
    queue_letter(
        NOTICE,
        key=f"account-notice:{uuid.uuid4()}",
        to=Recipient(email=email or user.email, language=user.language, name=user.name),
        values=lambda _to: {"what": NOTICES[notice], "moment": dates.moment(moment)},
    )
