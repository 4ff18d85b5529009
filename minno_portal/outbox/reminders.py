"""Reminders: each step registers a scan, one task runs them all every few minutes.

A scan looks at ranges of time, never at "equal to today", and names what it tells by key. So a day
without a worker loses nothing, and running twice repeats nothing.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable

from django.db import connection, transaction

from minno_portal.outbox import watch

Scan = Callable[[], int]

_scans: dict[str, Scan] = {}
# The first half of the advisory locks' keys: it keeps them apart from anybody else's.
_LOCKS = 5150

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
    watch.note()
    queued = {}
    for name, scan in _scans.items():
        try:
            with transaction.atomic():
                queued[name] = scan() if _is_mine(name) else 0
        except Exception:
            logger.exception("the reminder %s failed", name)
    return queued


def _is_mine(name: str) -> bool:
    """Take the scan's lock until the transaction ends, or tell that another process holds it.

    A late beat may run one scan twice at once; each would join what is due in its own way.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCKS, zlib.crc32(name.encode()) >> 1]
        )
        return bool(cursor.fetchone()[0])
