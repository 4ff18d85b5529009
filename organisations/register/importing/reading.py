"""From a file somebody brings to a table of short texts, or a clear no."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from organisations.register.importing.csv_file import csv_rows
from organisations.register.importing.errors import NoRows, TooLarge, Unreadable
from organisations.register.importing.xlsx_file import xlsx_rows

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 50
# One long text may stand in many cells of a workbook without making the file long.
MOST_CHARACTERS = 10_000_000

_ZIP = b"PK\x03\x04"
# Old Excel workbooks, PDF, pictures: nothing that a table in letters begins with.
_OTHER_FORMATS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """The heads of the columns, and the rows below with their numbers in the file."""

    header: list[str]
    rows: list[Row]


def read_table(content: bytes) -> Table:
    """Return the table in a file, told by what it holds, not by its name.

    :raises TooLarge: beyond the limits of this module.
    :raises NoRows: when there is nothing below the heads.
    :raises Unreadable: when it is no CSV and no XLSX.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge
    if content.startswith(_OTHER_FORMATS):
        raise Unreadable
    rows = xlsx_rows(content) if content.startswith(_ZIP) else csv_rows(content)
    kept = list(_kept(rows))
    if len(kept) < 2:  # noqa: PLR2004 (the heads and one row)
        raise NoRows
    header, body = kept[0][1], kept[1:]
    width = max(len(cells) for _number, cells in kept)
    heads = header + [""] * (width - len(header))
    return Table(heads, [(number, cells + [""] * (width - len(cells))) for number, cells in body])


def _kept(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows that hold something, cleaned, as long as they are not too much."""
    characters = count = 0
    for number, cells in rows:
        characters += sum(map(len, cells))
        cleaned = _without_tail([clean_cell(cell) for cell in cells])
        count += bool(cleaned)
        if characters > MOST_CHARACTERS or count > MOST_ROWS + 1 or len(cleaned) > MOST_COLUMNS:
            raise TooLarge
        if cleaned:
            yield number, cleaned


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def clean_cell(text: str) -> str:
    """Return the text in one line, without characters that nobody sees."""
    if text.isascii() and text.isprintable():
        return text.strip()
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
    )
    return " ".join(visible.split())
