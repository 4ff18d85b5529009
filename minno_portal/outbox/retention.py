"""The outbox is not an archive: texts go after their time, the facts of delivery stay."""

from __future__ import annotations

import datetime as dt

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter

DAYS_KEPT = 365
FINAL = (State.SENT, State.FAILED, State.BOUNCED, State.EXPIRED, State.CANCELLED)


def empty_old_letters(days: int = DAYS_KEPT) -> int:
    """Empty the texts of letters whose story ended more than `days` ago, and return how many."""
    old = Letter.objects.filter(
        state__in=FINAL, created_at__lt=clock.now() - dt.timedelta(days=days)
    )
    return int(old.exclude(text="", html="").update(text="", html=""))
