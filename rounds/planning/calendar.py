"""The calendar of a round as pure rules: from a form and a kick-off date to every other date.

Weeks are counted from the week of the kick-off. Deadlines that fall on a day off move earlier,
so that nobody loses a working day without notice; what begins or is worked towards moves later.
July is left to holidays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from minno_portal.clock import HELSINKI, helsinki
from minno_portal.workdays import (
    days_off,
    months_after,
    working_day_from,
    working_day_until,
)
from rounds.planning.enums import Form

MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = 0, 2, 3, 4, 5
JULY = 7
OPENING_HOUR = 9
CLOSING_HOUR = 16
FEST_WEEKS = {Form.DAY: 6, Form.EVENING: 12, Form.SUMMER: 10}
FOLLOW_UP_MONTHS = (3, 6, 12)


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


def holidays_between(first: dt.date, last: dt.date, language: str) -> dict[dt.date, str]:
    """Return the Finnish holidays of a span of days with their names, in order.

    :param language: fi, sv or en.
    """
    years = range(first.year, last.year + 1)
    named = (pair for year in years for pair in sorted(days_off(year, language).items()))
    return {day: name for day, name in named if first <= day <= last}


def holiday_name(day: dt.date, language: str) -> str:
    """Return the name of the Finnish holiday that `day` is, or nothing."""
    return days_off(day.year, language).get(day, "")


def lay_out(form: str, kickoff_on: dt.date, *, through_july: bool = False) -> Calendar:
    """Return the whole calendar around a kick-off.

    Before the kick-off, what would fall in July comes whole weeks earlier, and everything before
    it as many; after the kick-off it comes later likewise. A summer course is held over July, so
    there only what comes before the kick-off keeps away from it.

    :param form: a value of `Form`; it sets how many weeks there are until the closing event.
    :param kickoff_on: the wished day; a day off moves to the next working day.
    :param through_july: keep the plain rhythm of weeks, whatever the month.
    """
    earlier, later = (0, 0) if through_july else (-1, 0 if form == Form.SUMMER else 1)
    kickoff = working_day_from(kickoff_on)
    first_monday = kickoff - dt.timedelta(days=kickoff.weekday())
    fest_week = FEST_WEEKS[Form(form)]
    decisions, packet, closes, opens = _clear_of_july(
        first_monday, ((-3, THURSDAY), (-4, FRIDAY), (-5, FRIDAY), (-10, MONDAY)), earlier
    )
    contract, midreview, fest, feedback, evaluation = _clear_of_july(
        first_monday,
        (
            (2, FRIDAY),
            (3, WEDNESDAY),
            (fest_week, THURSDAY),
            (fest_week + 1, FRIDAY),
            (fest_week + 4, FRIDAY),
        ),
        later,
    )
    return Calendar(
        call_opens_at=helsinki(working_day_from(opens), OPENING_HOUR),
        call_closes_at=helsinki(working_day_until(closes), CLOSING_HOUR),
        packet_on=working_day_until(packet),
        decisions_on=working_day_until(decisions),
        kickoff_on=kickoff,
        contract_on=working_day_from(contract),
        midreview_on=working_day_from(midreview),
        fest_on=working_day_until(fest),
        feedback_on=working_day_from(feedback),
        evaluation_on=working_day_from(evaluation),
    )


def _clear_of_july(
    first_monday: dt.date, places: Iterable[tuple[int, int]], direction: int
) -> Iterator[dt.date]:
    """Yield the days of `places` (week, weekday), outwards from the kick-off, none in July.

    :param direction: -1 moves earlier, 1 later, 0 lets July be.
    """
    moved = 0
    for week, weekday in places:
        day = first_monday + dt.timedelta(weeks=week + moved, days=weekday)
        while direction and day.month == JULY:
            moved += direction
            day += dt.timedelta(weeks=direction)
        yield day


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
