"""What stands beside a challenge's text on its page, with few and light queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import F, Value
from django.utils.functional import Promise

from organisations.people.models import User
from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.helping.models import CompletionPoint, QualityMark, Reading
from rounds.challenges.models import Challenge

_POINT, _READING = "point", "reading"


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
class Help:
    """Points to complete, the quality check, and the version that the reader has read last."""

    points: list[Point]
    seen: list[Seen]
    read: int | None


@dataclass(frozen=True, slots=True)
class Around:
    """The ids of the challenges before and after one; no number is skipped or given twice."""

    previous: int | None
    following: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    """A point, a mark or a reading, in the columns that they have in common."""

    kind: str
    number: int
    text: str
    at: dt.datetime
    done_at: dt.datetime | None
    word: str | None


def help_with(challenge: Challenge, reader: User | None = None) -> Help:
    """Return how the challenge is being helped (one query for all three tables).

    :param reader: whose reading is asked for.
    """
    points, *others = _queries(challenge, reader)
    rows = [_Row(*row) for row in points.union(*others, all=True)]
    asked = sorted((row for row in rows if row.kind == _POINT), key=attrgetter("at", "number"))
    return Help(
        [Point(row.number, row.text, row.at, row.done_at, row.word or "") for row in asked],
        list(_seen(rows)),
        next((row.number for row in rows if row.kind == _READING), None),
    )


def _queries(challenge: Challenge, reader: User | None) -> Iterator[models.QuerySet[Any, Any]]:
    points = CompletionPoint.objects.filter(challenge=challenge.pk).order_by()
    who = F("done_by__name")
    yield points.values_list(Value(_POINT), "pk", "text", "asked_at", "done_at", who)
    marks = QualityMark.objects.filter(challenge=challenge.pk).order_by()
    yield marks.values_list("point", "pk", "note", "marked_at", "marked_at", "verdict")
    if reader is not None:
        read = Reading.objects.filter(challenge=challenge.pk, user=reader.pk).order_by()
        empty = Value("")
        yield read.values_list(Value(_READING), "revision", empty, "read_at", "read_at", empty)


def _seen(rows: Iterable[_Row]) -> Iterator[Seen]:
    """Yield the marks in the order of the points of quality."""
    by_point = {row.kind: row for row in rows}
    for point in QualityPoint:
        if mark := by_point.get(point):
            verdict = Verdict(mark.word or "")
            yield Seen(point.label, verdict.value, verdict.label, mark.text)


def around(challenge: Challenge) -> Around:
    """Return the neighbours of a submitted challenge in its round (one query)."""
    number = challenge.number or 0
    near = Challenge.objects.filter(round=challenge.round_id, number__in=(number - 1, number + 1))
    by_number = dict(near.order_by().values_list("number", "pk"))
    return Around(by_number.get(number - 1), by_number.get(number + 1))


def points_to_tick(challenge: Challenge) -> list[Point]:
    """Return what the association is asked to complete now (one query)."""
    return still_asked(help_with(challenge).points)


def still_asked(points: Sequence[Point]) -> list[Point]:
    """Return the points without those that were done before the newest asking."""
    newest = max((point.asked_at for point in points), default=None)
    return [point for point in points if not (point.done_at and newest and point.done_at < newest)]
