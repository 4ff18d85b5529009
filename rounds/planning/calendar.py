"""The calendar of a round as pure rules: from a form and a kick-off date to every other date.

Weeks are counted from the week of the kick-off. Deadlines that fall on a day off move earlier,
so that nobody loses a working day without notice; what begins or is worked towards moves later.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import holidays

from minno_portal.clock import HELSINKI, helsinki
from rounds.planning.enums import Form

MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = 0, 2, 3, 4, 5
OPENING_HOUR = 9
CLOSING_HOUR = 16
FEST_WEEKS = {Form.DAY: 6, Form.EVENING: 12, Form.SUMMER: 10}
FOLLOW_UP_MONTHS = (3, 6, 12)
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every date of a round, named as the fields of `Round`."""

    call_opens_at: dt.datetime
    call_closes_at: dt.datetime
    packet_on: dt.date
    decisions_on: dt.date
    kickoff_on: dt.date
    contract_on: dt.date
    midreview_on: dt.date | None
    fest_on: dt.date
    feedback_on: dt.date
    evaluation_on: dt.date

    def as_fields(self) -> dict[str, Any]:
        """Return the dates by field name."""
        return asdict(self)


# The fields in the order in which their days come; the mid-review may be left out.
FIELDS: tuple[str, ...] = tuple(Calendar.__dataclass_fields__)


@cache
def _days_off(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("FI", years=year))


def is_working_day(day: dt.date) -> bool:
    """Whether `day` is neither a weekend nor a Finnish holiday (the two eves count as days off)."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def working_day_from(day: dt.date) -> dt.date:
    """Return `day`, or the next working day after it."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def working_day_until(day: dt.date) -> dt.date:
    """Return `day`, or the last working day before it."""
    while not is_working_day(day):
        day -= _ONE_DAY
    return day


def lay_out(form: str, kickoff_on: dt.date) -> Calendar:
    """Return the whole calendar around a kick-off.

    :param form: a value of `Form`; it sets how many weeks there are until the closing event.
    :param kickoff_on: the wished day; a day off moves to the next working day.
    """
    kickoff = working_day_from(kickoff_on)
    first_monday = kickoff - dt.timedelta(days=kickoff.weekday())

    def day(week: int, weekday: int) -> dt.date:
        return first_monday + dt.timedelta(weeks=week, days=weekday)

    fest_week = FEST_WEEKS[Form(form)]
    return Calendar(
        call_opens_at=helsinki(working_day_from(day(-10, MONDAY)), OPENING_HOUR),
        call_closes_at=helsinki(working_day_until(day(-5, FRIDAY)), CLOSING_HOUR),
        packet_on=working_day_until(day(-4, FRIDAY)),
        decisions_on=working_day_until(day(-3, THURSDAY)),
        kickoff_on=kickoff,
        contract_on=working_day_from(day(2, FRIDAY)),
        midreview_on=working_day_from(day(3, WEDNESDAY)),
        fest_on=working_day_until(day(fest_week, THURSDAY)),
        feedback_on=working_day_from(day(fest_week + 1, FRIDAY)),
        evaluation_on=working_day_from(day(fest_week + 4, FRIDAY)),
    )


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month `months` later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def follow_ups(fest_on: dt.date) -> tuple[dt.date, ...]:
    """Return the days on which the outcomes are asked after: 3, 6 and 12 months from the fest."""
    return tuple(working_day_from(months_after(fest_on, months)) for months in FOLLOW_UP_MONTHS)


def in_days(dates: Mapping[str, Any]) -> dict[str, dt.date]:
    """Return `dates` as days in Helsinki, those that are missing left out."""
    return {
        name: value.astimezone(HELSINKI).date() if isinstance(value, dt.datetime) else value
        for name in FIELDS
        if (value := dates.get(name)) is not None
    }
