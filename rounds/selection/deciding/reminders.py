"""Reminding chosen associations to say that they take part, and telling when one has not."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from minno_portal import clock
from minno_portal.outbox.reminders import reminder
from rounds.challenges.enums import Status
from rounds.selection.deciding.models import Participation
from rounds.selection.deciding.notices import (
    queue_participation_missing,
    queue_participation_reminder,
)

DAYS_BEFORE = 2
MORNING = 9


def unconfirmed() -> QuerySet[Participation]:
    """Return what has not been confirmed of challenges that are told to be chosen, in no hurry.

    A project that has begun takes part, whatever was confirmed.
    """
    chosen = Q(challenge__status=Status.CONFIRMED, challenge__announced_at__isnull=False)
    return Participation.objects.filter(
        chosen, confirmed_at=None, challenge__round__archived_at=None
    ).select_related(
        "challenge__round__partnership__coordinator",
        "challenge__round__partnership__institution",
        "challenge__organisation",
    )


@reminder("participations")
def remind_of_participations() -> int:
    """Queue the reminders and the news that are due; returns how many letters were queued."""
    moment = clock.now()
    today = clock.today()
    waiting = unconfirmed().filter(
        confirm_by__lte=today + dt.timedelta(days=DAYS_BEFORE),
        challenge__round__evaluation_on__gte=today,
    )
    queued = 0
    for asked in waiting.order_by("confirm_by", "pk"):
        if asked.confirm_by < today:
            queued += queue_participation_missing(asked)
        elif clock.helsinki(asked.confirm_by - dt.timedelta(days=DAYS_BEFORE), MORNING) <= moment:
            queued += queue_participation_reminder(asked)
    return queued
