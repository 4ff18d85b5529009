"""Two texts word by word: nothing is lost, nothing made up, and no text takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minno_portal.diff import Kind, Piece, compare

PROSE = st.lists(st.sampled_from(["iäkäs", "ja", "koti", ".", ",", "600", "\n", " "])).map(" ".join)


def joined(pieces: list[Piece], *kinds: Kind) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(old=st.text() | PROSE, new=st.text() | PROSE)
@example(old="", new="")
@example(old="a b", new="a  b")
@example(old="\x00\ud7ff ", new="\u202ea")
def test_the_pieces_are_the_texts(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert joined(pieces, Kind.KEPT, Kind.REMOVED) == old
    assert joined(pieces, Kind.KEPT, Kind.ADDED) == new
    assert all(piece.text for piece in pieces)


@given(text=st.text() | PROSE)
def test_a_text_equals_itself(text: str) -> None:
    assert all(piece.kind == Kind.KEPT for piece in compare(text, text))


def test_a_replaced_word() -> None:
    assert compare("Tapaamme 600 iäkästä viikossa.", "Tapaamme 700 iäkästä viikossa.") == [
        Piece(Kind.KEPT, "Tapaamme"),
        Piece(Kind.REMOVED, " 600"),
        Piece(Kind.ADDED, " 700"),
        Piece(Kind.KEPT, " iäkästä viikossa."),
    ]


def test_a_sentence_that_goes_on() -> None:
    assert compare("Soittoja tulee 40 viikossa.", "Soittoja tulee 60 viikossa, usein yöllä.") == [
        Piece(Kind.KEPT, "Soittoja tulee"),
        Piece(Kind.REMOVED, " 40"),
        Piece(Kind.ADDED, " 60"),
        Piece(Kind.KEPT, " viikossa"),
        Piece(Kind.REMOVED, "."),
        Piece(Kind.ADDED, ", usein yöllä."),
    ]
    assert compare("Omaishoitajat", "Omaishoitajat, noin 300") == [
        Piece(Kind.KEPT, "Omaishoitajat"),
        Piece(Kind.ADDED, ", noin 300"),
    ]


def test_a_removed_and_an_added_sentence() -> None:
    pieces = compare("Yksi. Kaksi. Kolme.", "Yksi. Kolme. Neljä.")
    assert joined(pieces, Kind.REMOVED).strip() == "Kaksi."
    assert joined(pieces, Kind.ADDED).strip() == "Neljä."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 2000, "b a " * 1000),
        ("a b " * 1000, "b a " * 1000),
        ("ja " * 1300, "ja " * 1299 + "x"),
        ("x" * 4000, "y" * 4000),
        (" ".join(map(str, range(1000))), " ".join(map(str, reversed(range(1000))))),
        ("." * 4000, "!." * 2000),
        (" ".join(f"s{n % 40}" for n in range(1400)), " ".join(f"s{n % 39}" for n in range(1400))),
        (" ".join(f"s{n % 60}" for n in range(1400)), " ".join(f"s{n % 59}" for n in range(1400))),
    ],
)
def test_no_text_takes_long(old: str, new: str) -> None:
    started = time.process_time()
    pieces = compare(old, new)
    assert time.process_time() - started < 1
    assert joined(pieces, Kind.KEPT, Kind.REMOVED) == old
    assert joined(pieces, Kind.KEPT, Kind.ADDED) == new
