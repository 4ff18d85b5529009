"""What is due in which hours, worked out from dates alone: the judge of the year."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from minno_portal import clock
from minno_portal.outbox.daytime import ROOM, next_daytime
from minno_portal.workdays import is_working_day

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
Up = Callable[[dt.datetime], bool]


@dataclass(frozen=True)
class Window:
    """The time in which something may be told."""

    first: dt.datetime
    expires_at: dt.datetime
    in_daytime: bool = True

    @classmethod
    def before(cls, deadline: dt.datetime, days: int, *, hour: int | None = None) -> Window:
        """Return the window that opens so many days before a deadline, on a working day."""
        local = deadline.astimezone(clock.HELSINKI)
        day = local.date() - days * DAY
        while not is_working_day(day):
            day -= DAY
        return cls(clock.helsinki(day, local.hour if hour is None else hour), deadline)

    @classmethod
    def after(cls, deadline: dt.datetime, days: int, *, lasts: int) -> Window:
        """Return the window that opens so many days after a deadline, on a working day."""
        day = deadline.astimezone(clock.HELSINKI).date() + days * DAY
        while not is_working_day(day):
            day += DAY
        return cls(clock.helsinki(day, 9), deadline + lasts * DAY)

    def ended_by(self, other: Window) -> Window:
        """Return this window as far as the next one's beginning: only the newest is true."""
        return Window(self.first, min(self.expires_at, other.first), self.in_daytime)

    def allows(self, moment: dt.datetime) -> bool:
        """Whether it may be told at `moment`: by day, or when morning would be too late."""
        if not self.first <= moment < self.expires_at:
            return False
        if not self.in_daytime:
            return True
        morning = next_daytime(moment)
        return morning == moment or morning > self.expires_at - ROOM


@dataclass(frozen=True)
class Expected:
    """One thing that one reader is to be told, while it is true."""

    key: str
    window: Window
    since: dt.datetime
    until: dt.datetime

    def is_possible(self, hours: list[dt.datetime], scans: Up, delivers: Up) -> bool:
        """Whether there was an hour to write the letter in and then one to deliver it in."""
        first = bisect_left(hours, self.window.first)
        last = bisect_left(hours, self.window.expires_at)
        inside = [hour for hour in hours[first:last] if self.window.allows(hour)]
        written = next(
            (hour for hour in inside if self.since <= hour < self.until and scans(hour)), None
        )
        return written is not None and any(hour >= written and delivers(hour) for hour in inside)
