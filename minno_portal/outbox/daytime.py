"""Quiet hours: what nobody waits for goes out on working days in the daytime.

Most readers are at work then, and a reminder that rings in the night or on Christmas Eve is read as
a reproach. Receipts, codes and answers to what a person has just done go at once, whatever the
hour; so does a letter that could not wait for the morning without losing its point.
"""

from __future__ import annotations

import datetime as dt

from minno_portal import clock
from minno_portal.workdays import working_day_from

# Offices open at eight; a letter that arrives after five is read the next morning anyway.
OPENS = 8
CLOSES = 17
# What goes out in the last hour before it would be worth nothing, comes too late to be acted on.
ROOM = dt.timedelta(hours=1)

_ONE_DAY = dt.timedelta(days=1)


def is_daytime(moment: dt.datetime) -> bool:
    """Whether it is a Finnish working day and between 8 and 17 in Helsinki."""
    return next_daytime(moment) == moment


def next_daytime(moment: dt.datetime) -> dt.datetime:
    """Return `moment`, or the next one in the daytime of a working day."""
    local = moment.astimezone(clock.HELSINKI)
    today = local.date()
    day = working_day_from(today)
    if day == today and local.hour < CLOSES:
        return moment if local.hour >= OPENS else clock.helsinki(today, OPENS)
    if day == today:
        day = working_day_from(today + _ONE_DAY)
    return clock.helsinki(day, OPENS)


def sending_moment(moment: dt.datetime, expires_at: dt.datetime | None) -> dt.datetime:
    """Return when a letter that is due at `moment` goes out: in the daytime if it can wait.

    :param expires_at: the moment after which the letter would only confuse.
    """
    waiting = next_daytime(moment)
    if expires_at is not None and waiting > expires_at - ROOM:
        return moment
    return waiting
