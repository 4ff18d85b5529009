"""Reminders: each step registers a scan, one task runs them all every few minutes.

A scan looks at ranges of time, never at "equal to today", and names its letters by key. So a day
without a worker loses nothing, and running twice repeats nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping

from django.db import transaction

Scan = Callable[[], int]

_scans: dict[str, Scan] = {}

logger = logging.getLogger(__name__)


def reminder(name: str) -> Callable[[Scan], Scan]:
    """Register a scan that queues what is due and returns how many letters that was."""

    def register(scan: Scan) -> Scan:
        if _scans.get(name, scan) is not scan:
            raise ValueError(f"two reminders are called {name}")
        _scans[name] = scan
        return scan

    return register


def queue_due_reminders() -> dict[str, int]:
    """Run every scan in a transaction of its own; one that fails does not stop the others.

    :returns: how many letters each scan that succeeded has queued.
    """
    queued = {}
    for name, scan in _scans.items():
        try:
            with transaction.atomic():
                queued[name] = scan()
        except Exception:
            logger.exception("the reminder %s failed", name)
    return queued


def latest_due(
    rules: Mapping[str, dt.timedelta], deadline: dt.datetime, now: dt.datetime
) -> str | None:
    """Return the newest rule whose moment has passed while the deadline has not.

    Of several missed reminders only the newest is still true; after the deadline none is.

    :param rules: the reminders' names, with the time before the deadline at which each falls due.
    """
    if now >= deadline:
        return None
    passed = {name: before for name, before in rules.items() if deadline - before <= now}
    return min(passed, key=lambda name: passed[name]) if passed else None
