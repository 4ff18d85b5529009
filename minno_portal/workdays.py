"""Counting days, Finnish working days too: who counts deadlines or sends letters asks here."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import cache

import holidays

SATURDAY = 5
# What the holidays library calls our languages.
_HOLIDAY_NAMES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}
_ONE_DAY = dt.timedelta(days=1)


@cache
def days_off(year: int, language: str = "fi") -> dict[dt.date, str]:
    """Return the Finnish holidays of a year by day, with their names.

    :param language: fi, sv or en.
    """
    return dict(holidays.country_holidays("FI", years=year, language=_HOLIDAY_NAMES[language]))


def is_working_day(day: dt.date) -> bool:
    """Whether `day` is neither a weekend nor a Finnish holiday (the two eves count as days off)."""
    return day.weekday() < SATURDAY and day not in days_off(day.year)


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


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month `months` later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
