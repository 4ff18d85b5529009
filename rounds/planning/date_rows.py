"""The dates of a round one by one: weekday, distance from the kick-off, and what to notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from minno_portal import clock, dates
from rounds.planning.calendar import FIELDS, JULY, SATURDAY, follow_ups, holiday_name, in_days
from rounds.planning.calendar_checks import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    is_in_christmas_weeks,
    order_errors,
)
from rounds.planning.timeline import SHORT_LABELS, stops

_WEEK = 7


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date in words; `state` is done, now or todo, `notes` are what to notice about the day."""

    number: int
    field: str
    label: str
    day: dt.date
    when: str
    weeks: str
    weeks_in_words: str
    state: str
    notes: tuple[str, ...]
    error: str = ""


def rows_of(values: Mapping[str, Any]) -> list[DateRow]:
    """Return a row for each date that is known, in the order of the plan.

    :param values: dates by the field names of `Round`; missing and impossible ones are left out.
    """
    days = {
        name: day
        for name, day in in_days(values).items()
        if EARLIEST_YEAR <= day.year <= LATEST_YEAR
    }
    errors = order_errors({name: values[name] for name in days})
    kickoff = days.get("kickoff_on")
    states = _states({name: values[name] for name in days})
    return [
        DateRow(
            number=FIELDS.index(name) + 1,
            field=name,
            label=str(SHORT_LABELS[name]),
            day=day,
            when=_when(values[name]),
            weeks=weeks_from(kickoff, day) if kickoff else "",
            weeks_in_words=_in_words(kickoff, day) if kickoff else "",
            state=states[name],
            notes=tuple(notes_about(day)),
            error=errors.get(name, ""),
        )
        for name, day in days.items()
    ]


def follow_up_rows(fest_on: dt.date, kickoff_on: dt.date) -> list[DateRow]:
    """Return the rows of the follow-ups, which have no field: they follow from the fest."""
    return [
        DateRow(
            number=len(FIELDS) + place,
            field="",
            label=_("Follow-up of the outcomes"),
            day=day,
            when=dates.weekday_day(day),
            weeks=weeks_from(kickoff_on, day),
            weeks_in_words=_in_words(kickoff_on, day),
            state="done" if day < clock.today() else "todo",
            notes=tuple(notes_about(day)),
        )
        for place, day in enumerate(follow_ups(fest_on), 1)
    ]


def notes_about(day: dt.date) -> Iterator[str]:
    """Yield what people may not notice about a day: days off, July, the Christmas weeks."""
    language = (get_language() or "fi")[:2]
    if holiday := holiday_name(day, language):
        yield _("Holiday: %(name)s") % {"name": holiday}
    elif day.weekday() >= SATURDAY:
        yield _("Weekend")
    if day.month == JULY:
        yield _("In July, when many are on holiday")
    elif is_in_christmas_weeks(day) and not holiday:
        yield _("In the Christmas weeks")


def weeks_from(kickoff_on: dt.date, day: dt.date) -> str:
    """Return the distance from the week of the kick-off: T−4, T, T+6."""
    weeks = _weeks(kickoff_on, day)
    return f"T{'−' if weeks < 0 else '+'}{abs(weeks)}" if weeks else "T"


def _in_words(kickoff_on: dt.date, day: dt.date) -> str:
    weeks = _weeks(kickoff_on, day)
    if not weeks:
        return _("in the week of the kick-off")
    words = (
        ngettext(
            "%(count)s week before the kick-off", "%(count)s weeks before the kick-off", -weeks
        )
        if weeks < 0
        else ngettext(
            "%(count)s week after the kick-off", "%(count)s weeks after the kick-off", weeks
        )
    )
    return words % {"count": abs(weeks)}


def _weeks(kickoff_on: dt.date, day: dt.date) -> int:
    return (_monday(day) - _monday(kickoff_on)).days // _WEEK


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _when(value: dt.date | dt.datetime) -> str:
    return dates.deadline(value) if isinstance(value, dt.datetime) else dates.weekday_day(value)


def _states(values: Mapping[str, Any]) -> dict[str, str]:
    """Return which dates are past and which is the next, by the order of time."""
    return {stop.field: stop.state for stop in stops(values)}
