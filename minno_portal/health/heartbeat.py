"""Signs of life of beat and worker: beat sends a task twice a minute, a worker runs it."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

STALE_AFTER = dt.timedelta(minutes=2)
KEPT_SECONDS = 24 * 3600
BEAT = "beat"
WORKER = "worker"


def note(who: str) -> None:
    """Remember that `who` is alive now; the real clock counts here, not the played one."""
    cache.set(_key(who), timezone.now(), timeout=KEPT_SECONDS)


def signs_of_life() -> dict[str, str]:
    """Return "ok", "stale" or "never seen" for beat and worker."""
    try:
        seen = cache.get_many([_key(who) for who in (BEAT, WORKER)])
    except RedisError:
        return {}
    return {who: _word(seen.get(_key(who))) for who in (BEAT, WORKER)}


def _key(who: str) -> str:
    return f"health:{who}"


def _word(moment: dt.datetime | None) -> str:
    if moment is None:
        return "never seen"
    return "ok" if timezone.now() - moment <= STALE_AFTER else "stale"
