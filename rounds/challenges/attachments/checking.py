"""Whether a file is taken: its name and its content have to tell the same kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from minno_portal.pictures import redraw
from rounds.challenges.attachments.errors import (
    EmptyFile,
    FileRefused,
    Macros,
    OldOffice,
    Svg,
    TooLarge,
    UnknownKind,
)
from rounds.challenges.attachments.limits import LARGEST_FILE
from rounds.challenges.attachments.names import clean_name, extension_of
from rounds.challenges.attachments.office import check_office
from rounds.challenges.attachments.pdfs import check_pdf


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file as it may be stored."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is served as, and what makes its bytes ready to be stored."""

    content_type: str
    prepare: Callable[[bytes], bytes]


def _as_is(check: Callable[[bytes], None]) -> Callable[[bytes], bytes]:
    def prepare(content: bytes) -> bytes:
        check(content)
        return content

    return prepare


def _office(extension: str, content_type: str) -> Kind:
    return Kind(content_type, _as_is(partial(check_office, extension=extension)))


def _picture(kind: str) -> Kind:
    return Kind(f"image/{kind.lower()}", partial(redraw, kind=kind))


_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."
KINDS: Final[dict[str, Kind]] = {
    "pdf": Kind("application/pdf", _as_is(check_pdf)),
    "jpg": _picture("JPEG"),
    "jpeg": _picture("JPEG"),
    "png": _picture("PNG"),
    "webp": _picture("WEBP"),
    "gif": _picture("GIF"),
    "docx": _office("docx", f"{_OOXML}wordprocessingml.document"),
    "xlsx": _office("xlsx", f"{_OOXML}spreadsheetml.sheet"),
    "pptx": _office("pptx", f"{_OOXML}presentationml.presentation"),
    "odt": _office("odt", f"{_ODF}text"),
    "ods": _office("ods", f"{_ODF}spreadsheet"),
    "odp": _office("odp", f"{_ODF}presentation"),
}
# What the file chooser of a browser offers.
ACCEPT: Final = ",".join(f".{extension}" for extension in KINDS)

_ADVICE: Final[dict[str, type[FileRefused]]] = {
    **dict.fromkeys(("doc", "dot", "xls", "xlt", "ppt", "pot", "pps"), OldOffice),
    **dict.fromkeys(("docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "potm", "ppsm"), Macros),
    **dict.fromkeys(("svg", "svgz"), Svg),
}


def check_file(name: str, content: bytes) -> CheckedFile:
    """Return the file under a clean name, with its kind and what is to be stored of it.

    :param name: as the browser gave it.
    :raises FileRefused: with a sentence that tells why and what to do.
    """
    clean = clean_name(name)
    extension = extension_of(clean)
    kind = KINDS.get(extension)
    if kind is None:
        raise _ADVICE.get(extension, UnknownKind)
    if not content:
        raise EmptyFile
    if len(content) > LARGEST_FILE:
        raise TooLarge
    return CheckedFile(clean, kind.content_type, kind.prepare(content))
