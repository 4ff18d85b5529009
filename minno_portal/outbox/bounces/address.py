"""The address of the mailbox of bounces, as the setting gives it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_PORTS = {"imaps": 993, "imap": 143}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the mailbox is: `imaps://user:password@host/INBOX` in its parts."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str


def parse_address(url: str) -> Address:
    """Return the parts of a mailbox's address; user and password may be percent-encoded.

    :raises ValueError: when it is no such address; the words do not hold the password.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or not parts.username:
        raise ValueError("not an address like imaps://user:password@host/INBOX")
    return Address(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )
