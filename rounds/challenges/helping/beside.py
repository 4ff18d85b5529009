"""What stands beside a challenge's text on its page, with few and light queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import connection
from django.utils.functional import Promise

from organisations.people.models import User
from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.models import Challenge


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to complete; `done_at` is None until it is ticked off."""

    pk: int
    text: str
    asked_at: dt.datetime
    done_at: dt.datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the coordinator thinks of one point of quality, in words."""

    label: str | Promise
    verdict: str
    verdict_label: str | Promise
    note: str


@dataclass(frozen=True, slots=True)
class Around:
    """The ids of the challenges before and after one; no number is skipped or given twice."""

    previous: int | None
    following: int | None


@dataclass(frozen=True, slots=True)
class Help:
    """Points to complete, the quality check, the version read last, and the neighbours."""

    points: list[Point]
    seen: list[Seen]
    read: int | None
    around: Around


@dataclass(frozen=True, slots=True)
class _Row:
    """A point, a mark, a reading or a neighbour, in the columns that they have in common."""

    kind: str
    number: int
    text: str
    at: dt.datetime | None
    done_at: dt.datetime | None
    word: str | None


# One statement, written out: four queries, or a union of query sets, would take a fifth of the
# page's time, and nearly every challenge has but a row or two here.
_POINTS = """
    SELECT 'point', point.id, point.text, point.asked_at, point.done_at, person.name
    FROM rounds_completionpoint point
    LEFT JOIN organisations_user person ON person.id = point.done_by_id
    WHERE point.challenge_id = %(challenge)s"""
_MARKS = """
    SELECT point, id, note, marked_at, NULL, verdict
    FROM rounds_qualitymark WHERE challenge_id = %(challenge)s"""
_READING = """
    SELECT 'reading', revision, '', read_at, NULL, ''
    FROM rounds_reading WHERE challenge_id = %(challenge)s AND user_id = %(reader)s"""
_NEIGHBOURS = """
    SELECT CASE WHEN number < %(number)s THEN 'previous' ELSE 'following' END,
        id, '', NULL, NULL, ''
    FROM rounds_challenge
    WHERE round_id = %(round)s AND number IN (%(number)s - 1, %(number)s + 1)"""
_FOR_ASSOCIATION = f"{_POINTS} UNION ALL {_MARKS}"
_FOR_PARTY = f"{_FOR_ASSOCIATION} UNION ALL {_READING} UNION ALL {_NEIGHBOURS}"


def help_with(challenge: Challenge, reader: User | None = None) -> Help:
    """Return how the challenge is being helped (one query for everything).

    :param reader: the person of a party whose reading, and whose way on, is asked for.
    """
    rows = _rows(challenge, reader)
    points = [_Row(*row) for row in rows if row[0] == "point"]
    others = {row[0]: _Row(*row) for row in rows if row[0] != "point"}
    numbers = {kind: row.number for kind, row in others.items()}
    return Help(
        sorted(map(_point, points), key=attrgetter("asked_at", "pk")),
        list(_seen(others)),
        numbers.get("reading"),
        Around(numbers.get("previous"), numbers.get("following")),
    )


def _rows(challenge: Challenge, reader: User | None) -> list[tuple[Any, ...]]:
    asked = {
        "challenge": challenge.pk,
        "round": challenge.round_id,
        "number": challenge.number or 0,
        "reader": reader.pk if reader else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOR_PARTY if reader else _FOR_ASSOCIATION, asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _point(row: _Row) -> Point:
    assert row.at is not None  # noqa: S101 (the column of points is never empty)
    return Point(row.number, row.text, row.at, row.done_at, row.word or "")


def _seen(marks: Mapping[str, _Row]) -> Iterator[Seen]:
    """Yield the marks in the order of the points of quality."""
    for point in QualityPoint:
        if mark := marks.get(point):
            verdict = Verdict(mark.word or "")
            yield Seen(point.label, verdict.value, verdict.label, mark.text)


def points_to_tick(challenge: Challenge) -> list[Point]:
    """Return what the association is asked to complete now (one query)."""
    return still_asked(help_with(challenge).points)


def still_asked(points: Sequence[Point]) -> list[Point]:
    """Return the points without those that were done before the newest asking."""
    newest = max((point.asked_at for point in points), default=None)
    return [point for point in points if not (point.done_at and newest and point.done_at < newest)]
