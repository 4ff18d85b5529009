"""Reading a report of delivery (RFC 3464): which letter came back from whom, and why.

Pure: takes the bytes of a message and returns what they say. Servers differ in everything that the
standard leaves open, so each piece is looked for where any of them puts it.
"""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from enum import Enum, auto

LONGEST_REASON = 500
# compat32 gives headers as they are; the modern policies may raise on what others have broken.
_PARSER = BytesParser(policy=email.policy.compat32)
_ADDRESS = re.compile(r"[^\s<>;,()\"]+@[^\s<>;,()\"]+")
_MESSAGE_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_HEADER_OF_ORIGINAL = re.compile(
    rb"^message-id:\s*(<[^<>\s]+@[^<>\s]+>)", re.IGNORECASE | re.MULTILINE
)
_AUTOMATIC_SUBJECTS = re.compile(
    r"^(auto(matic)?[ -]?(reply|svar|vastaus)|automaattinen vastaus|poissa|out of (the )?office)",
    re.IGNORECASE,
)


class Sort(Enum):
    """What kind of message it is."""

    REPORT = auto()
    AUTOMATIC = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Bounce:
    """One letter that will not arrive: to whom it went, the server's status and words."""

    recipient: str
    status: str = ""
    reason: str = ""
    message_id: str = ""

    @property
    def description(self) -> str:
        """The words with a status: the server's own says more than the report's."""
        has_own = _STATUS.search(self.reason)
        words = self.reason if has_own else f"{self.status} {self.reason}"
        return words.strip()[:LONGEST_REASON]


@dataclass(frozen=True, slots=True)
class Report:
    """What a message says: its sort, and the letters that are lost for good."""

    sort: Sort
    bounces: tuple[Bounce, ...] = ()


def read_report(raw: bytes) -> Report:
    """Return what a message in the mailbox says; nothing in it makes this raise."""
    try:
        message = _PARSER.parsebytes(raw)
        return _read(message, raw)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError):
        return Report(Sort.OTHER)


def _read(message: Message, raw: bytes) -> Report:
    message_id = _original_id(message, raw)
    blocks = [block for part in _status_parts(message) for block in part]
    if blocks:
        lost = tuple(_bounces_of(blocks, message_id))
        return Report(Sort.REPORT, lost)
    # Exim, and others before the standard: the addresses in a header, the words in the text.
    if failed := _ADDRESS.findall(_header(message, "X-Failed-Recipients")):
        reason = _first_status_line(message)
        status = _status_in(reason)
        lost = tuple(Bounce(each.lower(), status, reason, message_id) for each in failed)
        return Report(Sort.REPORT, lost)
    return Report(Sort.AUTOMATIC if _is_automatic(message) else Sort.OTHER)


def _status_parts(message: Message) -> Iterator[list[Message]]:
    """Yield the blocks of each delivery-status part: of the message first, then of recipients."""
    for part in _outer_parts(message):
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            if isinstance(payload, list):
                yield [block for block in payload if isinstance(block, Message)]


def _outer_parts(message: Message) -> Iterator[Message]:
    """Walk through the parts without going into the returned letter."""
    yield message
    if message.get_content_type() in ("message/rfc822", "message/delivery-status"):
        return
    payload = message.get_payload()
    if isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _outer_parts(part)


def _bounces_of(blocks: list[Message], message_id: str) -> Iterator[Bounce]:
    for block in blocks:
        recipient = _recipient(block)
        if not recipient:
            continue
        reason = _one_line(_header(block, "Diagnostic-Code").partition(";")[2])
        reason = reason or _one_line(_header(block, "Diagnostic-Code"))
        status = _status_in(_header(block, "Status")) or _status_in(reason)
        action = _header(block, "Action").strip().lower()
        # "relayed" and "delayed" are no loss; a failure that is only temporary may still arrive.
        if action in ("failed", "") and not status.startswith(("2", "4")) and (action or status):
            yield Bounce(recipient, status, reason, message_id)


def _recipient(block: Message) -> str:
    """Return the address that the letter went to, before anybody forwarded it."""
    for name in ("Original-Recipient", "Final-Recipient"):
        found = _ADDRESS.search(_header(block, name).partition(";")[2] or _header(block, name))
        if found:
            return found[0].lower().strip(".")
    return ""


def _original_id(message: Message, raw: bytes) -> str:
    """Return the Message-ID of the returned letter, from its headers wherever they are."""
    for part in _outer_parts(message):
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" and isinstance(payload, list) and payload:
            inner = payload[0]
            if isinstance(inner, Message) and (found := _own_id(inner)):
                return found
        if kind in ("text/rfc822-headers", "message/rfc822-headers"):
            decoded = part.get_payload(decode=True)
            text = decoded if isinstance(decoded, bytes) else b""
            if found_bytes := _HEADER_OF_ORIGINAL.search(text):
                return found_bytes[1].decode("ascii", "replace")
    return _quoted_id(message, raw)


def _own_id(message: Message) -> str:
    found = _MESSAGE_ID.search(_header(message, "Message-ID"))
    return found[0] if found else ""


def _quoted_id(message: Message, raw: bytes) -> str:
    """Return the last Message-ID in the text that is not the report's own (Exim quotes there)."""
    own = _own_id(message)
    found = [each[1].decode("ascii", "replace") for each in _HEADER_OF_ORIGINAL.finditer(raw)]
    others = [each for each in found if each != own]
    if others:
        return others[-1]
    answered = _MESSAGE_ID.search(_header(message, "In-Reply-To"))
    return answered[0] if answered else ""


def _first_status_line(message: Message) -> str:
    """Return the line of the text that holds the server's answer, for want of a better place."""
    for part in _outer_parts(message):
        if part.get_content_type() == "text/plain":
            decoded = part.get_payload(decode=True)
            text = decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else ""
            for line in text.splitlines():
                if _STATUS.search(line) or re.search(r"\b5\d\d\b", line):
                    return _one_line(line)
    return ""


def _is_automatic(message: Message) -> bool:
    submitted = _header(message, "Auto-Submitted").strip().lower()
    if submitted and submitted != "no":
        return True
    return bool(_AUTOMATIC_SUBJECTS.match(_header(message, "Subject").strip()))


def _status_in(text: str) -> str:
    found = _STATUS.search(text)
    return found[0] if found else ""


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    return "" if value is None else str(value)


def _one_line(text: str) -> str:
    printable = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(printable.split())[:LONGEST_REASON]
