"""Sheets as XLSX and as CSV, with nothing in them that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from minno_portal.spreadsheets import LONGEST_SHEET_NAME, harmless
from rounds.challenges.table.export import Sheet

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_NARROW, _WIDE, _WIDE_FROM = 18, 44, 30
_MOMENT = "d.m.yyyy h:mm"
_HEAD_FONT, _HEAD_FILL = Font(bold=True), PatternFill("solid", fgColor="FFE9F0EF")
_TOP = Alignment(vertical="top", wrap_text=True)


def as_xlsx(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Write the sheets into one workbook; return the open file, which goes when it is closed."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title[:LONGEST_SHEET_NAME]), sheet)
    target = TemporaryFile()  # noqa: SIM115 (closed by the response that sends it)
    book.save(target)
    target.seek(0)
    return target


def _write(page: Any, sheet: Sheet) -> None:
    """Write one sheet: the head stays in sight and filters, each row is forgotten when written."""
    page.freeze_panes = "B2"
    for place, head in enumerate(sheet.heads, 1):
        width = _WIDE if len(head) > _WIDE_FROM else _NARROW
        page.column_dimensions[get_column_letter(place)].width = width
    page.append([_head(page, head) for head in sheet.heads])
    count = 1
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])
        count += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.heads))}{count}"


def _head(page: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, harmless(text))
    cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _TOP
    return cell


def _cell(page: Any, value: Any) -> Any:
    value = harmless(value)
    if isinstance(value, dt.datetime):
        cell = WriteOnlyCell(page, value)
        cell.number_format = _MOMENT
        return cell
    return value


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def as_csv(sheet: Sheet) -> Iterator[str]:
    """Yield the sheet line by line, the way Finnish spreadsheets open a CSV file."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield BYTE_ORDER_MARK
    yield writer.writerow([harmless(head) for head in sheet.heads])
    for row in sheet.rows:
        yield writer.writerow(_texts(row))


def _texts(row: Sequence[Any]) -> list[Any]:
    return [_text(harmless(value)) for value in row]


def _text(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return f"{value:%-d.%-m.%Y %-H.%M}"
    if isinstance(value, (Decimal, float)):
        return str(value).replace(".", ",")
    return value
