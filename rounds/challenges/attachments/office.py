"""Whether bytes are a whole Office document without programs in it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from rounds.challenges.attachments.errors import Bomb, Broken, Locked, Macros, NotWhatItSays
from rounds.challenges.attachments.limits import (
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_ENTRIES,
    TIGHTEST_PACKING,
)

# The container of Office before 2007; a new document in it is one locked with a password.
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_ZIP_END: Final = b"PK\x05\x06"
_ZIP_END_LENGTH: Final = 22
_ENCRYPTED_FLAG: Final = 1
_CHUNK: Final = 64 * 1024

_MAIN: Final = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_OOXML_MAIN: Final = {
    "docx": _MAIN.format("wordprocessingml.document"),
    "xlsx": _MAIN.format("spreadsheetml.sheet"),
    "pptx": _MAIN.format("presentationml.presentation"),
}
_ODF_KINDS: Final = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
_CONTENT_TYPES: Final = "[Content_Types].xml"
# Where programs lie in either family.
_PROGRAM_FOLDERS: Final = ("basic/", "scripts/", "script-provider/")


def check_office(content: bytes, extension: str) -> None:
    """Refuse what is no whole document of this kind, what unpacks to too much, and macros.

    :param extension: docx, xlsx, pptx, odt, ods or odp.
    :raises NotWhatItSays: when it is no such document.
    :raises Locked: when it needs a password.
    :raises Broken: when it cannot be unpacked to its end, or its entries' names lead elsewhere.
    :raises Bomb: when it unpacks to far more than documents do.
    :raises Macros: when it holds programs.
    """
    if content.startswith(OLE):
        raise Locked
    if not content.startswith(_ZIP):
        raise NotWhatItSays
    if content[-_ZIP_END_LENGTH : -_ZIP_END_LENGTH + len(_ZIP_END)] != _ZIP_END:
        raise Broken
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_package(package, extension)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        raise Broken from error
    except (NotImplementedError, RuntimeError) as error:  # an unknown way of packing, a password
        raise Locked from error


def _check_package(package: zipfile.ZipFile, extension: str) -> None:
    entries = package.infolist()
    _check_entries(entries)
    _unpack(package, entries)
    if extension in _OOXML_MAIN:
        _check_ooxml(package, _OOXML_MAIN[extension])
    else:
        _check_odf(package, _ODF_KINDS[extension])


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(each.file_size for each in entries) > LARGEST_UNPACKED:
        raise Bomb
    if len({each.filename.casefold() for each in entries}) < len(entries):
        raise Broken
    for each in entries:
        if each.flag_bits & _ENCRYPTED_FLAG:
            raise Locked
        if _leads_elsewhere(each.orig_filename):
            raise Broken
        is_tight = each.file_size > TIGHTEST_PACKING * max(each.compress_size, 1)
        if each.file_size > MEGABYTE and is_tight:
            raise Bomb


def _leads_elsewhere(name: str) -> bool:
    odd = "\\" in name or "\x00" in name or ":" in name
    return odd or name.startswith("/") or ".." in name.split("/")


def _unpack(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read everything once: sizes that lie, cut-off data and wrong checksums come out."""
    room = LARGEST_UNPACKED
    for entry in entries:
        with package.open(entry) as data:
            while chunk := data.read(_CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise Bomb


def _check_ooxml(package: zipfile.ZipFile, main: str) -> None:
    if _CONTENT_TYPES not in package.namelist():
        raise NotWhatItSays
    types = _beginning(package, _CONTENT_TYPES)
    names = list(_small_names(package))
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise Macros
    if any(name.endswith("vbaproject.bin") or "/activex/" in name for name in names):
        raise Macros
    if main.encode() not in types:
        raise NotWhatItSays


def _check_odf(package: zipfile.ZipFile, kind: str) -> None:
    names = package.namelist()
    if names[:1] != ["mimetype"] or _beginning(package, "mimetype").strip() != kind.encode():
        raise NotWhatItSays
    if "content.xml" not in names:
        raise NotWhatItSays
    if any(name.startswith(_PROGRAM_FOLDERS) for name in _small_names(package)):
        raise Macros
    if b"manifest:encryption-data" in _beginning(package, "META-INF/manifest.xml"):
        raise Locked


def _beginning(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as data:
        return data.read(MEGABYTE)


def _small_names(package: zipfile.ZipFile) -> Iterator[str]:
    return (name.lower() for name in package.namelist())
