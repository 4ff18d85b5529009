"""An SMTP server on a loopback port that keeps every letter in a Maildir."""

from __future__ import annotations

import mailbox
import socket
from contextlib import closing
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

HOST = "127.0.0.1"
LARGEST_LETTER = 30 * 1024 * 1024


class KeepInMaildir:
    """Write each letter into a Maildir, with its envelope in the headers."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self.folder = mailbox.Maildir(str(folder), create=True)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Store the letter, then accept it."""
        letter = mailbox.MaildirMessage(envelope.original_content or envelope.content)
        letter["X-Envelope-From"] = envelope.mail_from
        letter["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.folder.add(letter)
        return "250 Kept"


class Mailbox:
    """The running server; `url` is what EMAIL_URL wants."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.port = port or free_port()
        self.url = f"smtp://{HOST}:{self.port}"
        self._controller = Controller(
            KeepInMaildir(folder), hostname=HOST, port=self.port, data_size_limit=LARGEST_LETTER
        )

    def start(self) -> None:
        """Listen, in a thread of its own."""
        self._controller.start()

    def stop(self) -> None:
        """Close the port."""
        self._controller.stop()


def free_port() -> int:
    """Return a loopback port that nothing listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
