"""Dates and times as Finnish, Finland's Swedish and English write them; pages and letters use it.

Django's own formats name neither the weekday nor the clock word the way people here write them.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import get_language

from minno_portal.clock import HELSINKI

WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    "fi": (
        "tammikuu",
        "helmikuu",
        "maaliskuu",
        "huhtikuu",
        "toukokuu",
        "kesäkuu",
        "heinäkuu",
        "elokuu",
        "syyskuu",
        "lokakuu",
        "marraskuu",
        "joulukuu",
    ),
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
CLOCK_WORD = {"fi": "klo", "sv": "kl.", "en": "at"}

Day = dt.date | dt.datetime


def _language() -> str:
    language = (get_language() or "fi")[:2]
    return language if language in WEEKDAYS else "fi"


def local(value: Day) -> dt.date:
    """Return the date in Helsinki of a date or an aware moment."""
    if isinstance(value, dt.datetime):
        return value.astimezone(HELSINKI).date()
    return value


def day(value: Day) -> str:
    """Return 5.2.2026, or 5 Feb 2026 in English."""
    date, language = local(value), _language()
    if language == "en":
        return f"{date.day}\N{NO-BREAK SPACE}{MONTHS['en'][date.month - 1][:3]} {date.year}"
    return f"{date.day}.{date.month}.{date.year}"


def weekday_day(value: Day) -> str:
    """Return pe 4.12.2026, or Fri 4 Dec 2026 in English."""
    return f"{WEEKDAYS[_language()][local(value).weekday()]}\N{NO-BREAK SPACE}{day(value)}"


def time(value: dt.datetime) -> str:
    """Return 9.05, or 9:05 in English, as clocks in Helsinki show."""
    moment = value.astimezone(HELSINKI)
    mark = ":" if _language() == "en" else "."
    return f"{moment.hour}{mark}{moment.minute:02d}"


def clock_time(value: dt.datetime) -> str:
    """Return klo 9.05, kl. 9.05, or at 9:05."""
    return f"{CLOCK_WORD[_language()]}\N{NO-BREAK SPACE}{time(value)}"


def moment(value: dt.datetime) -> str:
    """Return 4.12.2026 klo 16.00."""
    return f"{day(value)} {clock_time(value)}"


def deadline(value: dt.datetime) -> str:
    """Return pe 4.12.2026 klo 16.00."""
    return f"{weekday_day(value)} {clock_time(value)}"


def month(value: Day) -> str:
    """Return huhtikuu 2027."""
    date = local(value)
    return f"{MONTHS[_language()][date.month - 1]} {date.year}"


def day_range(first: Day, last: Day) -> str:
    """Return 5.–18.12.2026, or both dates in full where months differ."""
    start, end = local(first), local(last)
    if start == end:
        return day(end)
    if (start.year, start.month) == (end.year, end.month):
        dot = "" if _language() == "en" else "."
        return f"{start.day}{dot}–{day(end)}"
    return f"{day(start)} – {day(end)}"
