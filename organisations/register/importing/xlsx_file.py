"""Reading the first sheet of an XLSX workbook, as far as it is harmless."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from organisations.register.importing.errors import TooLarge, Unreadable

MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 500
MOST_RATIO = 200
# Small parts of a workbook are packed tight without any harm in it.
SMALL_PART = 1024 * 1024
# One more than we take, so that a wider sheet is noticed.
WIDEST = 51

_BLOCK = 64 * 1024
_REQUIRED = {"[Content_Types].xml", "xl/workbook.xml"}


def xlsx_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet with their numbers.

    :raises TooLarge: when unpacking it would take too much.
    :raises Unreadable: when it is no workbook, or a broken one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            yield from _rows(book)
    except (TooLarge, Unreadable):
        raise
    except Exception as error:
        # A broken workbook makes the library raise whatever it stumbles upon.
        raise Unreadable from error


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to very much, and entities, which do so while being read."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLarge
    if not {part.filename for part in parts} >= _REQUIRED:
        raise Unreadable
    for part in parts:
        if part.file_size > SMALL_PART and part.file_size > MOST_RATIO * part.compress_size:
            raise TooLarge
        if part.filename.endswith((".xml", ".rels")) and _has_doctype(archive, part):
            raise Unreadable


def _has_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(part) as file:
        while block := file.read(_BLOCK):
            if b"<!DOCTYPE" in (tail + block).replace(b"\x00", b""):
                return True
            tail = block[-32:]
    return False


def _rows(book: Any) -> Iterator[tuple[int, list[str]]]:
    sheets = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
    shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
    if not shown:
        raise Unreadable
    sheet = shown[0]
    # A workbook may claim to have a million rows and sixteen thousand columns: look for ourselves.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=WIDEST, values_only=True), start=1):
        # A row far below fills the gap above it with empty ones.
        if row.count(None) < len(row):
            yield number, [_text(value) for value in row]


def _text(value: Any) -> str:
    """Return a cell's value as somebody would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d.%m.%Y")
    return str(value)
