"""What this step registers: the desk's line about reports, and a second try for lost tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from minno_portal import clock
from minno_portal.outbox.reminders import reminder
from minno_portal.waiting import Waiting, provides_waiting
from organisations.people.models import User
from rounds.planning.mine import coordinated_rounds
from rounds.reports import exports
from rounds.reports.enums import ReportState
from rounds.reports.models import RoundReport
from rounds.reports.tasks import make

# A task that has not been taken by now was lost on its way through the queue.
LOST_AFTER = dt.timedelta(minutes=1)


__all__ = ["exports"]


@provides_waiting
def report_to_make(user: User) -> Iterator[Waiting]:
    """Tell the coordinator of rounds past their feedback day that have no report."""
    past = [
        each
        for each in coordinated_rounds(user)
        if each.announced_at is not None and each.feedback_on < clock.today()
    ]
    if not past:
        return
    made = RoundReport.objects.filter(round__in=past, state=ReportState.DONE)
    reported = set(made.values_list("round", flat=True))
    for round_ in (each for each in past if each.pk not in reported):
        yield Waiting(
            text=_("Make the report of round %(code)s") % {"code": round_.code},
            url=reverse("round-report", args=(round_.slug,)),
            due_at=clock.helsinki(round_.evaluation_on, 23, 59),
        )


@reminder("reports")
def queue_lost_reports() -> int:
    """Hand reports that nobody has begun to the queue again; no letters."""
    before = clock.now() - LOST_AFTER
    lost = RoundReport.objects.filter(state=ReportState.QUEUED, created_at__lt=before)
    for report_id in lost.values_list("pk", flat=True):
        make.delay_on_commit(report_id)
    return 0
