"""From files, good and hostile, to a table or a clear no."""

from __future__ import annotations

import io
import os
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from minno_portal.errors import Refused
from organisations.register.importing import errors
from organisations.register.importing.reading import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    clean_cell,
    read_table,
)

HEAD = ["Nimi", "Y-tunnus"]


def workbook(*rows: list[Any], hidden: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if hidden:
        sheet.sheet_state = "hidden"
        book.create_sheet("Näkyvä").append(["Toinen", "Taulukko"])
        book.worksheets[1].append(["a", "b"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rezipped(content: bytes, **parts: bytes) -> bytes:
    """Return the workbook with some of its parts replaced or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook(HEAD, ["Alfa ry", "9000001-1"])
XML = b'<?xml version="1.0"?>'
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ENTITIES = (
    XML
    + b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + b"<worksheet "
    + MAIN
    + b'><sheetData><row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
    + b"</worksheet>"
)
OUTSIDE = ENTITIES.replace(b'"aaaaaaaaaa"', b'SYSTEM "file:///etc/passwd"')


def sheet_of(cells: bytes, dimension: bytes = b"A1:B2") -> bytes:
    return (
        XML
        + b"<worksheet "
        + MAIN
        + b'><dimension ref="'
        + dimension
        + b'"/><sheetData>'
        + cells
        + b"</sheetData></worksheet>"
    )


TWO_ROWS = (
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nimi</t></is></c></row>'
    b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>Alfa ry</t></is></c></row>'
)


@pytest.mark.parametrize(
    "content",
    [
        "Nimi;Y-tunnus\r\nÄäni ry;9000001-1\r\n".encode("utf-8-sig"),
        "Nimi;Y-tunnus\nÄäni ry;9000001-1".encode(),
        "Nimi;Y-tunnus\nÄäni ry;9000001-1".encode("cp1252"),
        "Nimi,Y-tunnus\nÄäni ry,9000001-1".encode(),
        "Nimi\tY-tunnus\nÄäni ry\t9000001-1".encode("utf-16"),
        '"Nimi";"Y-tunnus"\n"Ääni\nry";9000001-1'.encode(),
        "\n\n;;\nNimi;Y-tunnus\n;;\nÄäni ry;9000001-1;;;\n\n".encode(),
        workbook(HEAD, ["Ääni ry", "9000001-1"]),
        workbook(HEAD, [" Ääni\u00a0 ry\u200b", "9000001-1\u202e"]),
    ],
)
def test_a_table_is_read(content: bytes) -> None:
    table = read_table(content)
    assert table.header == HEAD
    assert [cells for _number, cells in table.rows] == [["Ääni ry", "9000001-1"]]


def test_rows_keep_their_numbers() -> None:
    lines = b'Nimi;B\n\n"a\nb";1\n;\nc;2\n'
    assert [number for number, _cells in read_table(lines).rows] == [3, 6]
    book = rezipped(GOOD, **{SHEET: sheet_of(TWO_ROWS % (70_000, 70_000))})
    assert [number for number, _cells in read_table(book).rows] == [70_000]


def test_numbers_dates_and_truths_are_as_typed() -> None:
    import datetime as dt

    book = workbook(["a"] * 5, [90000011, 1.5, True, dt.date(2026, 2, 5), "=1+1"])
    assert read_table(book).rows[0][1] == ["90000011", "1.5", "1", "05.02.2026", ""]


def test_a_hidden_sheet_is_not_read() -> None:
    assert read_table(workbook(HEAD, ["a", "b"], hidden=True)).header == ["Toinen", "Taulukko"]


def test_a_workbook_that_lies_about_its_size_is_read() -> None:
    cells = TWO_ROWS % (2, 2)
    book = rezipped(GOOD, **{SHEET: sheet_of(cells, b"A1:XFD1048576")})
    assert read_table(book).rows == [(2, ["Alfa ry"])]


def many(rows: int, columns: int) -> bytes:
    return b"\n".join([b";".join([b"a"] * columns)] * rows)


def bomb() -> bytes:
    return rezipped(GOOD, **{"xl/media/zeros.bin": b"\x00" * 30_000_000})


def many_parts() -> bytes:
    return rezipped(GOOD, **{f"xl/p{number}.xml": b"<a/>" for number in range(600)})


def one_text_in_many_cells() -> bytes:
    cell = b'<c t="inlineStr"><is><t>' + b"x" * 32_000 + b"</t></is></c>"
    rows = b"".join(b"<row>" + cell * 10 + b"</row>" for _ in range(40))
    return rezipped(GOOD, **{SHEET: sheet_of(rows)})


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", errors.NoRows),
        (b"Nimi;Y-tunnus\n", errors.NoRows),
        (b"\n;;;\n  \n", errors.NoRows),
        (workbook(), errors.NoRows),
        (workbook(HEAD), errors.NoRows),
        (b"\x00" * 100, errors.Unreadable),
        (b"Nimi\x00;x\na;b", errors.Unreadable),
        (b"\x81\x8d\x8f", errors.Unreadable),
        (b"\xff\xfeN", errors.Unreadable),
        (b'Nimi;B\n"ei lopu;1\n', errors.Unreadable),
        (b'Nimi;B\n"a"b;1\n', errors.Unreadable),
        (b"Nimi\n" + b"x" * 200_000, errors.Unreadable),
        (b"%PDF-1.7\nNimi;B\na;b", errors.Unreadable),
        (b"\x89PNG\r\n\x1a\n" + b"a;b\n" * 9, errors.Unreadable),
        (b"\xff\xd8\xff\xe0JFIF", errors.Unreadable),
        (b"GIF89a;\na;b", errors.Unreadable),
        (b"\x1f\x8b\x08aaaa", errors.Unreadable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 20, errors.Unreadable),
        (b"PK\x03\x04", errors.Unreadable),
        (b"PK\x03\x04" + os.urandom(500), errors.Unreadable),
        (GOOD[:-40], errors.Unreadable),
        (GOOD[: len(GOOD) // 2], errors.Unreadable),
        (GOOD[:600] + b"\xff" * 40 + GOOD[640:], errors.Unreadable),
        (rezipped(GOOD, **{SHEET: b"<svg onload='alert(1)'/>"}), errors.NoRows),
        (rezipped(GOOD, **{SHEET: b"not xml"}), errors.Unreadable),
        (rezipped(GOOD, **{SHEET: b""}), errors.Unreadable),
        (rezipped(GOOD, **{SHEET: ENTITIES}), errors.Unreadable),
        (rezipped(GOOD, **{SHEET: OUTSIDE}), errors.Unreadable),
        (rezipped(GOOD, **{SHEET: OUTSIDE.decode().encode("utf-16")}), errors.Unreadable),
        (rezipped(GOOD, **{"xl/workbook.xml": b"<workbook/>"}), errors.Unreadable),
        (rezipped(GOOD, **{"../../etc/cron.d/x.xml": ENTITIES}), errors.Unreadable),
        (rezipped(b"PK\x05\x06" + b"\x00" * 18, **{"a.txt": b"a"}), errors.Unreadable),
        (bomb(), errors.TooLarge),
        (many_parts(), errors.TooLarge),
        (one_text_in_many_cells(), errors.TooLarge),
        (b"x" * (MOST_BYTES + 1), errors.TooLarge),
        (many(MOST_ROWS + 2, 1), errors.TooLarge),
        (many(3, MOST_COLUMNS + 1), errors.TooLarge),
        (workbook(["a"] * 60, ["b"] * 60), errors.TooLarge),
        (rezipped(GOOD, **{SHEET: sheet_of(b'<row r="x"><c r="??"/></row>')}), errors.Unreadable),
    ],
)
def test_other_files_are_refused(content: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        read_table(content)


def test_the_largest_table_is_read() -> None:
    assert len(read_table(many(MOST_ROWS + 1, MOST_COLUMNS)).rows) == MOST_ROWS
    assert MOST_CHARACTERS > MOST_BYTES


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        table = read_table(content)
    except Refused:
        return
    width = len(table.header)
    assert all(len(cells) == width for _number, cells in table.rows)


@given(st.binary(min_size=1, max_size=40), st.integers(0, len(GOOD) - 1))
def test_a_damaged_workbook_is_a_table_or_refused(noise: bytes, place: int) -> None:
    try:
        read_table(GOOD[:place] + noise + GOOD[place + len(noise) :])
    except Refused:
        return


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    import csv

    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([["Nimi", "Arvo"], *rows])
    try:
        content = file.getvalue().encode()
    except UnicodeEncodeError:
        return
    wanted = [[clean_cell(cell) for cell in row] for row in rows]
    try:
        table = read_table(content)
    except errors.NoRows:
        assert not any(map(any, wanted))
        return
    except errors.Unreadable:
        assert any("\x00" in cell for row in rows for cell in row)
        return
    assert [cells for _number, cells in table.rows] == [row for row in wanted if any(row)]


@given(st.text())
def test_a_clean_cell_is_a_short_line_that_stays(text: str) -> None:
    cleaned = clean_cell(text)
    assert clean_cell(cleaned) == cleaned
    assert "\n" not in cleaned
    assert "\x00" not in cleaned
