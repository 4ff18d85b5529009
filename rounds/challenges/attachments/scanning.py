"""The virus scan: a server of ClamAV, or a function of one's own, named by ATTACHMENT_SCANNER."""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from rounds.challenges.attachments.errors import Infected, NotScanned

# Takes the bytes of a file and returns what was found in them, or nothing.
Scanner = Callable[[bytes], str]

PORT: Final = 3310
PATIENCE: Final = 20.0
_CHUNK: Final = 64 * 1024
_LONGEST_ANSWER: Final = 4096

logger = logging.getLogger(__name__)


def scan(content: bytes) -> None:
    """Ask the virus scan about a file, where there is one.

    :raises Infected: when it found something.
    :raises NotScanned: when it could not be asked: then nothing may be stored.
    """
    named: str = settings.ATTACHMENT_SCANNER
    if not named:
        return
    try:
        found = scanner_named(named)(content)
    except Exception as error:  # a scanner of one's own may fail in any way
        logger.exception("the virus scan failed")
        raise NotScanned from error
    if found:
        logger.warning("the virus scan stopped a file: %s", found)
        raise Infected


def scanner_named(named: str) -> Scanner:
    """Return the scanner: `clamd://host:3310`, `clamd:///path/of/socket` or a dotted path."""
    if named.startswith("clamd://"):
        return partial(_ask_clamd, urlsplit(named))
    scanner: Scanner = import_string(named)
    return scanner


def _ask_clamd(address: SplitResult, content: bytes) -> str:
    """Send the file as clamd's INSTREAM takes it: lengths before the pieces, none at the end."""
    with _connect(address) as server:
        server.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            piece = content[start : start + _CHUNK]
            server.sendall(struct.pack("!I", len(piece)) + piece)
        server.sendall(struct.pack("!I", 0))
        answer = _answer_of(server)
    if answer == "stream: OK":
        return ""
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise OSError(f"clamd answered {answer!r}")


def _connect(address: SplitResult) -> socket.socket:
    if address.hostname:
        return socket.create_connection((address.hostname, address.port or PORT), PATIENCE)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.settimeout(PATIENCE)
    server.connect(address.path)
    return server


def _answer_of(server: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        piece = server.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace")
