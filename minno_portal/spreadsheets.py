"""Tables as files that spreadsheet programs open: XLSX and CSV, with nothing in them that runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from minno_portal import clock

XLSX, CSV = "xlsx", "csv"
KINDS = (XLSX, CSV)
CONTENT_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}

# A spreadsheet program takes a text that begins with one of these for a formula to run.
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@\t\r|]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_000
LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
WIDEST_COLUMN = 60

Value = str | int | float | bool | dt.date | dt.datetime | None
Cell = str | int | float | dt.date | dt.datetime | None


def harmless(value: Value) -> Cell:
    """Return what stands in the file: no formula, no character that breaks it, local times."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(clock.HELSINKI).replace(tzinfo=None)
    if not isinstance(value, str):
        return value
    text = _NOT_IN_XML.sub("", value)[:LONGEST_CELL]
    return f"'{text}" if _FORMULA.match(text) else text


def without_guard(text: str) -> str:
    """Return a cell's text without the mark by which `harmless` keeps it from running."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def xlsx_of(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a workbook of one sheet, its head in bold and kept in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_SHEET_NAME.sub(" ", title)[:LONGEST_SHEET_NAME])
    sheet.freeze_panes = "A2"
    body = [[harmless(value) for value in row] for row in rows]
    for number, name in enumerate(head, start=1):
        widest = max((len(str(row[number - 1] or "")) for row in body), default=0)
        width = min(max(widest, len(name)) + 2, WIDEST_COLUMN)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_bold(sheet, name) for name in head])
    for row in body:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_of(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the table as Finnish spreadsheet programs read it: semicolons, UTF-8 with its mark."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([harmless(name) for name in head])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def table_response(
    kind: str, name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]
) -> HttpResponse:
    """Give the table as a file to keep.

    :param kind: `XLSX` or `CSV`.
    :param name: of the file, without its ending, in plain letters.
    :param title: of the sheet.
    """
    content = xlsx_of(title, head, rows) if kind == XLSX else csv_of(head, rows)
    answer = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _bold(sheet: object, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, harmless(name))
    cell.font = Font(bold=True)
    return cell
