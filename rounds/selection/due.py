"""The hour by which something of the selection is due."""

from __future__ import annotations

import datetime as dt

from minno_portal import clock

CLOSE_OF_BUSINESS = 16


def end_of(day: dt.date) -> dt.datetime:
    """Return the moment by which something is due on `day`."""
    return clock.helsinki(day, CLOSE_OF_BUSINESS)
