"""What a mail server's answer means: its code (550), its status (5.1.1), and both in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Every server has words of its own for "too many at once"; 432 is Exchange's code for it.
RATE_LIMIT_CODE = 432
_RATE_LIMIT_STATUSES = frozenset({"4.3.2", "4.7.28", "4.7.500", "4.2.1"})
_RATE_LIMIT_WORDS = re.compile(
    r"rate.?limit|throttl|too many|too much mail|concurrent|(high|unusual) rate|slow down"
    r"|server busy",
    re.IGNORECASE,
)
# The portal's own account at its mail server: no letter is to blame.
_OWN_ACCOUNT = frozenset({530, 534, 535, 538})
# Of 5.1.x these two speak of the sender; beyond 5.1.x some others speak of the address.
_ABOUT_SENDER = ("7", "8")
_CLOSED_OR_NOWHERE = frozenset({"5.0.0", "5.2.0", "5.2.1", "5.4.4", "5.4.310"})
_PERMANENT_FROM, _TEMPORARY_FROM = 500, 400

_CODE = re.compile(r"^\s*([245]\d\d)(?=[\s-]|$)")
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")

LOST_WORKER = "The worker was lost during the delivery."


@dataclass(frozen=True)
class Reply:
    """An answer as it was written down, with the code first where there was one."""

    text: str

    @cached_property
    def code(self) -> int:
        """The three digits that begin the answer, 0 where there are none."""
        found = _CODE.match(self.text)
        return int(found[1]) if found else 0

    @cached_property
    def status(self) -> str:
        """The status as of RFC 3463, such as 5.1.1, or an empty string."""
        found = _STATUS.search(self.text)
        return found[0] if found else ""

    @property
    def is_permanent(self) -> bool:
        """Whether the server will not think otherwise later."""
        return self.status.startswith("5") if self.status else self.code >= _PERMANENT_FROM

    @property
    def is_rate_limit(self) -> bool:
        """Whether the server takes only so many letters at a time, and will take this one later."""
        if self.code == RATE_LIMIT_CODE or self.status in _RATE_LIMIT_STATUSES:
            return True
        is_temporary = _TEMPORARY_FROM <= self.code < _PERMANENT_FROM
        return is_temporary and bool(_RATE_LIMIT_WORDS.search(self.text))

    @property
    def is_about_own_account(self) -> bool:
        """Whether the portal's mail server does not take the portal for who it is."""
        return self.code in _OWN_ACCOUNT

    @property
    def is_about_address(self) -> bool:
        """Whether it says that the address does not work, for this letter and for the next ones.

        A full mailbox, a letter that is too big and one that looks unwanted say nothing of it.
        """
        if not self.is_permanent or self.is_about_own_account:
            return False
        if not self.status:
            return self.code in (550, 551, 553)
        _class, subject, detail = self.status.split(".")
        if subject == "1":
            return detail not in _ABOUT_SENDER
        return self.status in _CLOSED_OR_NOWHERE


def in_words(text: str) -> str | Promise:
    """Return what an error of delivery means, for somebody who runs no mail server."""
    if not text:
        return ""
    if text == LOST_WORKER:
        return _("Sending was interrupted.")
    reply = Reply(text)
    for applies, words in _WORDS:
        if applies(reply):
            return words
    return _("The mail server could not be reached.")


_WORDS: tuple[tuple[Callable[[Reply], bool], Promise], ...] = (
    (
        lambda reply: reply.is_about_own_account,
        _(
            "The portal’s mail server did not let the portal in: its administrator has to check "
            "the settings."
        ),
    ),
    (
        lambda reply: reply.is_rate_limit,
        _("The mail server takes only so many letters at a time."),
    ),
    (
        lambda reply: reply.is_about_address,
        _("The recipient’s mail server says that there is no such address."),
    ),
    (
        lambda reply: reply.status[1:] == ".2.2" or reply.code in (452, 552),
        _("The recipient’s mailbox is full."),
    ),
    (
        lambda reply: (reply.is_permanent and reply.status[1:3] == ".7") or reply.code == 554,  # noqa: PLR2004
        _("The recipient’s mail server took the letter for unwanted mail."),
    ),
    (
        lambda reply: reply.is_permanent,
        _("The recipient’s mail server refused the letter."),
    ),
    (
        lambda reply: bool(reply.code or reply.status),
        _("The recipient’s mail server asked to try again later."),
    ),
)
