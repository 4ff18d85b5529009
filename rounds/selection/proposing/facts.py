"""A challenge on one page: what decides, shortened where it is long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import Truncator

from rounds.challenges.sections import Text
from rounds.selection.proposing.assessed import Said, Side
from rounds.selection.proposing.dossier import Entry

# The questions whose answers a decision is made by, in their order; the summary stands above.
KEY_QUESTIONS = (
    "target_group",
    "change_sought",
    "support_hours",
    "hoped_fields",
    "working_language",
    "is_national",
    "counties",
    "funding_thought",
    "fund",
    "objective",
)
# How many characters fit on one page beside everything else.
LONGEST_SUMMARY = 500
LONGEST_FACT = 420
LONGEST_RATIONALE = 600
LONGEST_NOTE = 320
LONGEST_TITLE = 140
# Shared by all comments, so that many short ones fit as well as a few long ones.
ROOM_FOR_COMMENTS = 1500
SHORTEST_COMMENT = 120


@dataclass(frozen=True, slots=True)
class Fact:
    """One question with its answer in words; `is_typed` tells the association's own words."""

    label: Text
    text: str
    is_typed: bool


def shortened(text: str, most: int) -> str:
    """Return a text on one line, cut at `most` characters with a mark."""
    return Truncator(" ".join(text.split())).chars(most)


def key_facts(entry: Entry, most: int = LONGEST_FACT) -> list[Fact]:
    """Return the answers that decide, in the order of `KEY_QUESTIONS`; empty ones fall out."""
    rows = {row.question.field: row for part in entry.parts for row in part.rows}
    found = (rows[name] for name in KEY_QUESTIONS if name in rows)
    return [
        Fact(
            row.question.label,
            shortened(", ".join(map(str, row.items)) or str(row.text), most),
            row.is_typed,
        )
        for row in found
        if row.is_answered
    ]


def short_comments(entry: Entry) -> Iterator[tuple[Side, list[Said], int]]:
    """Yield each party with its comments as far as they fit, and how many were left out."""
    count = sum(len(side.comments) for side in entry.sides)
    most = ROOM_FOR_COMMENTS // SHORTEST_COMMENT
    room = max(ROOM_FOR_COMMENTS // max(count, 1), SHORTEST_COMMENT)
    left = most
    for side in entry.sides:
        shown = side.comments[:left]
        left -= len(shown)
        said = [Said(each.by, shortened(each.text, room)) for each in shown]
        yield side, said, len(side.comments) - len(shown)
