"""Whether bytes are a whole PDF that can only be read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from rounds.challenges.attachments.errors import ActivePdf, Broken, Locked, NotWhatItSays
from rounds.challenges.attachments.limits import LARGEST_UNPACKED

# A reader looks for the end in the last kilobyte; only white space may follow it.
_TAIL: Final = 1024
_END: Final = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\x00]*\Z")
_ACTIVE: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)\b")
_LOCKED: Final = re.compile(rb"/Encrypt\b")
# A name may hide its letters: /J#61vaScript.
_ESCAPED_NAME: Final = re.compile(rb"/[\w.+-]*#[0-9A-Fa-f]{2}[\w.+#-]*")
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
# Packed objects begin with the numbers of what they hold; pictures and pages mostly do not.
_STREAM: Final = re.compile(rb"stream\r?\n")
_OBJECTS: Final = re.compile(rb"[\s\x00]*[%\d+-]")
_PROBE: Final = 1024


def check_pdf(content: bytes) -> None:
    """Refuse what is no whole PDF, what is locked, and what holds scripts, programs or files.

    :raises NotWhatItSays: when it does not begin as a PDF.
    :raises Broken: when its end is missing or something follows it.
    :raises Locked: when it needs a password.
    :raises ActivePdf: when it can do more than be read.
    """
    if not content.startswith(b"%PDF-"):
        raise NotWhatItSays
    if not _END.search(content, max(0, len(content) - _TAIL)):
        raise Broken
    _look_for_more(content)
    for objects in _packed_objects(content):
        _look_for_more(objects)


def _look_for_more(data: bytes) -> None:
    names = b" ".join(_plain(found) for found in _ESCAPED_NAME.findall(data))
    for text in (data, names):
        if _LOCKED.search(text):
            raise Locked
        if _ACTIVE.search(text):
            raise ActivePdf


def _plain(name: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name)


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """Yield the objects that are packed into streams, where names can hide as well."""
    room = LARGEST_UNPACKED
    for stream in _STREAM.finditer(content):
        start = stream.end()
        if not _OBJECTS.match(_unpack(content[start : start + _PROBE], _PROBE)[0]):
            continue
        end = content.find(b"endstream", start)
        unpacked, is_whole = _unpack(content[start:end], room)
        if not is_whole:
            raise Broken
        room -= len(unpacked)
        yield unpacked


def _unpack(packed: bytes, room: int) -> tuple[bytes, bool]:
    """Return at most `room` bytes of what is packed, and whether that was all of it."""
    unpacker = zlib.decompressobj()
    try:
        return unpacker.decompress(packed, room), unpacker.eof
    except zlib.error:
        return b"", False
