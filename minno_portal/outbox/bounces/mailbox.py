"""Reading the mailbox of bounces by IMAP, and marking what has been read.

Every message is read once: then it is seen. Reports and automatic answers are only that; whatever
else has come is flagged as well, so that a person who opens the mailbox finds it.
"""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from minno_portal.outbox.bounces.address import Address, parse_address
from minno_portal.outbox.bounces.marking import record_bounce
from minno_portal.outbox.bounces.reports import Sort, read_report

# A report is small; what is larger carries somebody's attachments, and its head is enough.
LARGEST = 256 * 1024
MOST_AT_ONCE = 200
PATIENCE_SECONDS = 30

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many messages were read and how many letters marked."""

    read: int = 0
    marked: int = 0


def read_mailbox(url: str, *, most: int = MOST_AT_ONCE) -> Outcome:
    """Read what is new in the mailbox, mark the letters that came back, and return how many.

    A message is marked as seen only when what it tells has been stored, so nothing is lost when
    the connection breaks, and what is told twice changes nothing.

    :raises OSError: when the mailbox cannot be reached.
    :raises imaplib.IMAP4.error: when it does not let us in or breaks off.
    """
    read = marked = 0
    with _opened(parse_address(url)) as mailbox:
        for uid in _unseen(mailbox)[:most]:
            raw = _message(mailbox, uid)
            if raw is None:
                continue
            report = read_report(raw)
            marked += sum(record_bounce(bounce) for bounce in report.bounces)
            flags = r"(\Seen \Flagged)" if report.sort is Sort.OTHER else r"(\Seen)"
            mailbox.uid("STORE", uid, "+FLAGS.SILENT", flags)
            read += 1
    return Outcome(read, marked)


@contextmanager
def _opened(address: Address) -> Iterator[imaplib.IMAP4]:
    mailbox: imaplib.IMAP4
    if address.scheme == "imaps":
        mailbox = imaplib.IMAP4_SSL(
            address.host,
            address.port,
            ssl_context=ssl.create_default_context(),
            timeout=PATIENCE_SECONDS,
        )
    else:
        mailbox = imaplib.IMAP4(address.host, address.port, timeout=PATIENCE_SECONDS)
    try:
        mailbox.login(address.user, address.password)
        _require(mailbox.select(_quoted(address.folder)))
        yield mailbox
    finally:
        # What was to be done is done: trouble in saying goodbye is none.
        with suppress(OSError, imaplib.IMAP4.error):
            mailbox.logout()


def _unseen(mailbox: imaplib.IMAP4) -> list[str]:
    _status, found = mailbox.uid("SEARCH", "UNSEEN")
    return found[0].decode("ascii").split() if found and found[0] else []


def _message(mailbox: imaplib.IMAP4, uid: str) -> bytes | None:
    """Return the beginning of a message, or None when somebody has taken it away."""
    _status, parts = mailbox.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
    return next((part[1] for part in parts or () if isinstance(part, tuple)), None)


def _require(answer: tuple[str, object]) -> None:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error("the folder cannot be opened")


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
