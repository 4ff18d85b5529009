"""Signs of life: beat sends a task twice a minute, a worker runs it; the mailer has its sweep."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import suppress

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

STALE_AFTER = dt.timedelta(minutes=2)
KEPT_SECONDS = 24 * 3600
BEAT = "beat"
WORKER = "worker"
MAILER = "mailer"
EVERYBODY = (BEAT, WORKER, MAILER)
# How often a process that is busy says so.
PAUSE = 30.0
_noted: dict[str, float] = {}


def note(who: str) -> None:
    """Remember that `who` is alive now; the real clock counts here, not the played one."""
    cache.set(_key(who), timezone.now(), timeout=KEPT_SECONDS)


def note_in_passing(who: str) -> None:
    """Remember that `who` is alive, now and then, and never fail: the caller has other work."""
    moment = time.monotonic()
    if moment - _noted.get(who, -PAUSE) >= PAUSE:
        _noted[who] = moment
        with suppress(RedisError):
            note(who)


def signs_of_life() -> dict[str, str]:
    """Return "ok", "stale" or "never seen" for beat, worker and mailer."""
    try:
        seen = cache.get_many([_key(who) for who in EVERYBODY])
    except RedisError:
        return {}
    return {who: _word(seen.get(_key(who))) for who in EVERYBODY}


def _key(who: str) -> str:
    return f"health:{who}"


def _word(moment: dt.datetime | None) -> str:
    if moment is None:
        return "never seen"
    return "ok" if timezone.now() - moment <= STALE_AFTER else "stale"
