"""When reminders were looked after, and when nobody did: a plan can tell what an outage cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from minno_portal import clock
from minno_portal.outbox.models import Watch

# Beat asks every five minutes; a shorter silence is a restart, not an outage.
LONGEST_SILENCE = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch of time in which nobody looked after reminders; the last one may go on."""

    began_at: dt.datetime
    ended_at: dt.datetime | None

    def covers(self, first: dt.datetime, until: dt.datetime) -> bool:
        """Whether there was no moment between these two at which a reminder could have gone."""
        return self.began_at <= first and (self.ended_at is None or self.ended_at >= until)


def note() -> None:
    """Write down that reminders are looked after now."""
    moment = clock.now()
    last = Watch.objects.order_by("-seen_at").values_list("pk", "seen_at").first()
    if last is None or moment - last[1] > LONGEST_SILENCE:
        Watch.objects.create(began_at=moment, seen_at=moment)
    elif moment > last[1]:
        Watch.objects.filter(pk=last[0]).update(seen_at=moment)


def outages(since: dt.datetime) -> list[Outage]:
    """Return the outages that ended after `since` or go on, the oldest first (one query)."""
    before = Watch.objects.filter(seen_at__lt=since).order_by("-seen_at").values("pk")[:1]
    watches: Sequence[tuple[dt.datetime, dt.datetime]] = list(
        Watch.objects.filter(Q(seen_at__gte=since) | Q(pk__in=before))
        .order_by("seen_at")
        .values_list("began_at", "seen_at")
    )
    found = [
        Outage(before[1], after[0])
        for before, after in pairwise(watches)
        if after[0] - before[1] > LONGEST_SILENCE
    ]
    if watches and clock.now() - watches[-1][1] > LONGEST_SILENCE:
        found.append(Outage(watches[-1][1], None))
    return found
