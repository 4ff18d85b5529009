"""A table of associations as somebody would bring it, with a known number of faulty rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count, islice

from openpyxl import Workbook

HEAD = (
    *("Nimi", "Lyhenne", "Y-tunnus", "Kieli", "Toiminta-alue", "Valtakunnallinen", "Verkkosivut"),
    *("Yhdyshenkilö", "Sähköposti", "Puhelin", "Tehtävä", "Kirjeiden kieli", "Postituskielto"),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_AREAS = ("Pirkanmaa", "Uusimaa; Kanta-Häme", "08, 09", "Lapin hyvinvointialue", "", "koko maa")
_LANGUAGES = ("suomi", "ruotsi", "fi", "englanti")

# What is written in which column of a faulty row; the first fills more than a name may hold.
FAULTS = (
    ("Nimi", "Pitkä nimi " * 20),
    ("Y-tunnus", "1234567-8"),
    ("Kieli", "klingon"),
    ("Toiminta-alue", "Atlantis"),
    ("Valtakunnallinen", "ehkä"),
    ("Verkkosivut", "javascript:alert(1)"),
    ("Sähköposti", "maija(at)example.org"),
    ("Puhelin", "soita"),
    ("Kirjeiden kieli", "?"),
    ("Sähköposti", ""),
)

Place = tuple[int, str]


def business_ids() -> Iterator[str]:
    """Yield right business ids, one after the other."""
    for number in count(3_000_000):
        digits = f"{number:07d}"
        rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
        if rest != 1:
            yield f"{digits}-{(11 - rest) % 11}"


def faulty_table(rows: int, faulty: int) -> tuple[bytes, list[Place]]:
    """Return an XLSX, and the row and the column of each fault in it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Järjestöt")
    sheet.append(HEAD)
    places: list[Place] = []
    step = rows // faulty
    for index, number in enumerate(islice(business_ids(), rows)):
        cells = _good_row(index, number)
        if index % step == step - 1 and len(places) < faulty:
            column, value = FAULTS[len(places) % len(FAULTS)]
            cells[HEAD.index(column)] = value
            places.append((index + 2, column))
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue(), places


def _good_row(index: int, number: str) -> list[str]:
    return [
        f"Tuontiyhdistys {index:05d} ry",
        f"TY {index}",
        number,
        _LANGUAGES[index % len(_LANGUAGES)],
        _AREAS[index % len(_AREAS)],
        "kyllä" if index % 7 == 0 else "ei",
        f"www.tuonti{index}.example",
        f"Henkilö {index}",
        f"henkilo{index}@tuonti{index}.example",
        f"040 {1_000_000 + index}",
        "Toiminnanjohtaja",
        "suomi",
        "ei",
    ]
