"""The one place the portal reads the time from, so that a year of rounds can be played through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")

_played: ContextVar[dt.datetime | None] = ContextVar("played_moment", default=None)


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return _played.get() or timezone.now()


def today() -> dt.date:
    """Return the present date in Helsinki."""
    return now().astimezone(HELSINKI).date()


def helsinki(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """Return the moment when clocks in Helsinki show `hour`.`minute` on `day`."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=HELSINKI)


@contextmanager
def playing_at(moment: dt.datetime) -> Iterator[None]:
    """Let the services believe that it is `moment` (an aware datetime) inside the block."""
    if timezone.is_naive(moment):
        raise ValueError("a moment needs a time zone")
    token = _played.set(moment)
    try:
        yield
    finally:
        _played.reset(token)
