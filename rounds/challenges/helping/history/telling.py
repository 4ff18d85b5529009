"""From the rows that triggers have written to what a person is told, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.db.models.functions import JSONObject

from organisations.people.models import User
from rounds.challenges.helping.history.sources import Event, Line, Looking, Source, sources

# Writing that goes on within this time is told as one.
SAME_SITTING = dt.timedelta(hours=1)
# Far more than anybody does with one challenge; the newest are told.
MOST_EVENTS = 3000
MADE = "insert"


@dataclass(slots=True)
class Entry:
    """What one person did at one time; `who` is None for the portal itself."""

    at: dt.datetime
    who_id: int | None
    lines: list[Line]
    who: User | None = None

    @property
    def is_writing(self) -> bool:
        """Whether it tells of nothing but writing."""
        return all(line.is_writing for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Row:
    """An event of any table."""

    source: str
    number: int
    thing: int
    label: str
    stored_at: dt.datetime
    context: object
    metadata: Mapping[str, Any] | None
    data: Mapping[str, Any]

    @property
    def at(self) -> dt.datetime:
        """The portal's own time, which the sample year plays; the database's where none is told."""
        told = (self.metadata or {}).get("at")
        return dt.datetime.fromisoformat(told) if told else self.stored_at

    @property
    def who_id(self) -> int | None:
        """Who acted."""
        return (self.metadata or {}).get("user")


def history_of(looking: Looking) -> list[Entry]:
    """Return what happened, newest first (one query for all tables); people are not named yet."""
    told = sources()
    order = list(told)
    happened = [
        (row, lines) for row, event in _events(looking) if (lines := [*_tell(row, event, looking)])
    ]
    happened.sort(key=lambda each: (each[0].at, order.index(each[0].source), each[0].number))
    return _sittings(_together(happened))[::-1]


def name_people(entries: Iterable[Entry]) -> None:
    """Give the entries the people who acted (one query)."""
    people = User.objects.in_bulk({entry.who_id for entry in entries if entry.who_id})
    for entry in entries:
        entry.who = people.get(entry.who_id) if entry.who_id else None


def _tell(row: _Row, event: Event, looking: Looking) -> Iterator[Line]:
    return sources()[row.source].tell(event, looking)


def _events(looking: Looking) -> Iterator[tuple[_Row, Event]]:
    """Yield each table's events, each with the state before it, oldest first within a table."""
    states: dict[tuple[str, int], Mapping[str, Any]] = {}
    for row in sorted(_rows(looking), key=lambda row: row.number):
        thing = (row.source, row.thing)
        before = states.get(thing)
        states[thing] = row.data
        if before is not None or row.label == MADE:
            yield row, Event(row.at, row.data, before)


def _rows(looking: Looking) -> list[_Row]:
    queries = [
        _query(source, narrowed)
        for source in sources().values()
        if (narrowed := source.rows(looking)) is not None
    ]
    union = queries[0].union(*queries[1:], all=True)
    return [_Row(*row) for row in union.order_by("-made_at")[:MOST_EVENTS]]


def _query(source: Source, narrowed: models.Q) -> models.QuerySet[Any]:
    events = source.model.pgh_event_model.objects.filter(narrowed)  # type: ignore[attr-defined]
    rows: models.QuerySet[Any] = events.order_by().annotate(
        source=models.Value(source.key),
        made_at=models.F("pgh_created_at"),
        metadata=models.F("pgh_context__metadata"),
        row=JSONObject(**source.fields),
    )
    return rows.values_list(
        "source",
        "pgh_id",
        "pgh_obj_id",
        "pgh_label",
        "made_at",
        "pgh_context_id",
        "metadata",
        "row",
    )


def _together(happened: Sequence[tuple[_Row, list[Line]]]) -> list[Entry]:
    """Return one entry for all that one press of a button did."""
    entries: dict[object, Entry] = {}
    for row, lines in happened:
        key = (row.context, row.who_id) if row.context else (row.source, row.number)
        entry = entries.setdefault(key, Entry(row.at, row.who_id, []))
        entry.lines += lines
    return list(entries.values())


def _sittings(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries with a person's savings within an hour told as one."""
    told: list[Entry] = []
    for entry in entries:
        last = told[-1] if told else None
        if last and _same_sitting(last, entry):
            last.at, last.lines = entry.at, [_joined([*last.lines, *entry.lines])]
        else:
            told.append(entry)
    return told


def _same_sitting(last: Entry, entry: Entry) -> bool:
    return (
        last.is_writing
        and entry.is_writing
        and last.who_id == entry.who_id
        and entry.at - last.at < SAME_SITTING
    )


def _joined(lines: Sequence[Line]) -> Line:
    labels = dict.fromkeys(label for line in lines for label in line.fields)
    return replace(lines[0], fields=tuple(labels))
