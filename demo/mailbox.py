"""The demo's mail as it arrived: read from the Maildir that its SMTP server fills."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class ArrivedLetter:
    """One letter in the mailbox; `key` is its file's name."""

    key: str
    recipient: str
    subject: str
    text: str
    date: dt.datetime | None


def folder() -> Path:
    """Return the Maildir's folder of arrived letters."""
    return Path(settings.VAR_DIR) / "mail" / "new"


def newest(limit: int = 50) -> list[ArrivedLetter]:
    """Return the letters that arrived last, the newest first."""
    if not folder().is_dir():
        return []
    files = sorted(folder().iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read(path) for path in files[:limit]]


def letter(key: str) -> ArrivedLetter | None:
    """Return the letter named `key`, or None where there is none."""
    path = folder() / Path(key).name
    return _read(path) if path.is_file() else None


def _read(path: Path) -> ArrivedLetter:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return ArrivedLetter(
        key=path.name,
        recipient=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=body.get_content() if body else "",
        date=_moment(message["Date"]) if message["Date"] else None,
    )


def _moment(header: str) -> dt.datetime:
    """Return when a letter was sent; “-0000” in its head names no zone and means UTC."""
    moment = parsedate_to_datetime(header)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
