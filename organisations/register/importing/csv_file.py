"""Reading CSV as spreadsheet programs write it: three encodings, three separators."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from organisations.register.importing.errors import Unreadable

SEPARATORS = (";", "\t", ",")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV with the numbers of the lines they begin on.

    :raises Unreadable: when it is no text, or its quotation marks do not end.
    """
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable from error


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith(_UTF_16_MARKS) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable


def _separator(text: str) -> str:
    """Return the separator that cuts the heads most often, outside quotation marks."""
    heads = next((line for line in text.splitlines() if line.strip()), "")
    plain = "".join(heads.split('"')[::2])
    return max(SEPARATORS, key=plain.count)
