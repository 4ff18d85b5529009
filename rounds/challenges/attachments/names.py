"""What a file is called: the name people see, without anything that could mislead."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from rounds.challenges.attachments.models import NAME_LENGTH

# What separates folders somewhere, or means something to a shell or a header.
_UNSAFE: Final = re.compile(r"[<>:\"|?*%;`$\\/]+")
# Device names of Windows, whatever follows the first dot.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


def clean_name(name: str) -> str:
    """Return the name of a file: no folders, no invisible characters, not too long.

    The extension stays, in small letters; a name of nothing but an extension gets a stem.
    """
    last = re.split(r"[\\/]", name)[-1]
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", last)
        # Controls, bidi marks, surrogates and private letters are all in the categories C*.
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    plain = " ".join(_UNSAFE.sub("_", visible).split()).strip(". ")
    extension = extension_of(plain)
    stem = PurePosixPath(plain).stem if extension else plain
    stem = _DEVICES.sub(r"_\1", stem.rstrip(". "), count=1) if _DEVICES.match(stem) else stem
    ending = f".{extension}" if extension else ""
    return (stem.rstrip(". ")[: NAME_LENGTH - len(ending)].rstrip(". ") or "file") + ending


def extension_of(name: str) -> str:
    """Return the last extension in small letters without its dot, or nothing."""
    return PurePosixPath(name).suffix[1:].lower()
