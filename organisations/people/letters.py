"""Letters about signing in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.services import Recipient, queue_letter
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


def queue_code(kind: str, *, email: str, language: str, code: str) -> None:
    """Queue a letter with a one-time code; it is worth nothing after a quarter of an hour.

    :param kind: `sign-in-code`, `address-code` or `password-code`.
    """
    queue_letter(
        kind,
        key=f"{kind}:{uuid.uuid4()}",
        to=Recipient(email=email, language=language),
        context={"code": code, "minutes": CODE_MINUTES},
        expires_at=clock.now() + dt.timedelta(minutes=CODE_MINUTES),
        is_secret=True,
    )


def queue_plain(kind: str, *, email: str, language: str, context: dict[str, Any]) -> None:
    """Queue a letter to an address that need not be anybody's."""
    queue_letter(
        kind,
        key=f"{kind}:{uuid.uuid4()}",
        to=Recipient(email=email, language=language),
        context=context,
    )


def queue_notice(notice: str, user: User, *, email: str = "") -> None:
    """Queue the letter that tells a person what was changed in their account.

    :param notice: a key of `NOTICES`.
    :param email: where to, when not to the person's present address.
    """
    queue_letter(
        "account-notice",
        key=f"account-notice:{uuid.uuid4()}",
        to=Recipient(email=email or user.email, language=user.language, name=user.name),
        context={"what": NOTICES[notice], "moment": clock.now()},
    )
