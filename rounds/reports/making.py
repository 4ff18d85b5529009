"""Making a report outside any transaction, so that its progress can be watched."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.db.models import Q, QuerySet

from minno_portal import clock
from rounds.planning.models import Round
from rounds.reports.enums import ReportState
from rounds.reports.models import STUCK_AFTER, RoundReport
from rounds.reports.pdf import round_report_pdf


def make_report(report_id: int) -> None:
    """Make a requested report; a second call for the same report does nothing.

    Each step of the progress is a small write of its own, seen by pages that poll. Whatever goes
    wrong, the report is marked as failed, so that it can be asked again, and the error goes on.
    """
    started = _claim(report_id)
    if started is None:
        return
    mine = RoundReport.objects.filter(pk=report_id, state=ReportState.RUNNING, started_at=started)
    try:
        _make(mine.get())
    except BaseException:
        # Also what is no Exception: a refused address, or the worker being stopped.
        mine.update(state=ReportState.FAILED)
        raise


def _claim(report_id: int) -> dt.datetime | None:
    """Take the report for this worker; None when it is taken or made already."""
    moment = clock.now()
    stuck = Q(state=ReportState.RUNNING, started_at__lt=moment - STUCK_AFTER)
    free = RoundReport.objects.filter(Q(state=ReportState.QUEUED) | stuck, pk=report_id)
    taken = free.update(state=ReportState.RUNNING, started_at=moment, progress=5)
    return moment if taken else None


def _make(report: RoundReport) -> None:
    mine = RoundReport.objects.filter(
        pk=report.pk, state=ReportState.RUNNING, started_at=report.started_at
    )
    round_ = Round.objects.select_related(
        "partnership__coordinator", "partnership__institution"
    ).get(pk=report.round_id)
    pdf = round_report_pdf(round_, report.language, lambda done: _tell(mine, done))
    checksum = hashlib.sha256(pdf).hexdigest()
    name = f"{round_.slug}-{report.language}-{checksum[:12]}.pdf"
    report.file.save(name, ContentFile(pdf), save=False)
    finished = mine.update(
        state=ReportState.DONE,
        progress=100,
        finished_at=clock.now(),
        file=report.file.name,
        sha256=checksum,
    )
    if not finished:
        # Given up as stuck in the meantime: nobody is to find a file without a report.
        report.file.delete(save=False)


def _tell(mine: QuerySet[RoundReport], done: int) -> None:
    mine.update(progress=done)
