"""The stage of a round as the database can ask for it; `Round.stage` says the same of one."""

from __future__ import annotations

from django.db.models import Q

from minno_portal import clock
from rounds.planning.enums import Stage


def in_stage(stage: str) -> Q:
    """Return the condition on rounds that are in `stage` at this moment.

    :param stage: a value of `Stage`.
    """
    moment, today = clock.now(), clock.today()
    published = Q(published_at__lte=moment)
    closed = published & Q(call_closes_at__lte=moment)
    going_on = closed & Q(evaluation_on__gte=today)
    told = going_on & Q(announced_at__isnull=False)
    return {
        Stage.PLANNED: Q(published_at__isnull=True) | Q(published_at__gt=moment),
        Stage.UPCOMING: published & Q(call_opens_at__gt=moment),
        Stage.OPEN: published & Q(call_opens_at__lte=moment, call_closes_at__gt=moment),
        Stage.SELECTION: going_on & Q(announced_at__isnull=True),
        Stage.DECIDED: told & Q(kickoff_on__gt=today),
        Stage.RUNNING: told & Q(kickoff_on__lte=today),
        Stage.FINISHED: closed & Q(evaluation_on__lt=today),
    }[Stage(stage)]
