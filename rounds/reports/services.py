"""Asking for a round's report; the worker makes it."""

from __future__ import annotations

import rules

from minno_portal.errors import NotAllowed, Refused
from minno_portal.services import service
from organisations.people.enums import Language
from organisations.people.models import User
from rounds.planning.locks import lock_round
from rounds.reports.enums import ReportState
from rounds.reports.making import make_report
from rounds.reports.models import RoundReport
from rounds.reports.tasks import make

__all__ = ["make_report", "request_report"]


@service
def request_report(round_id: int, *, language: str, actor: User) -> RoundReport:
    """Have a round's report made; while one in the same language is under way, return that one.

    :param language: fi, sv or en.
    :raises NotAllowed: when the actor is of neither party.
    """
    round_ = lock_round(round_id)
    if not rules.has_perm("rounds.make_report", actor, round_):
        raise NotAllowed
    if language not in Language.values:
        raise Refused
    unfinished = round_.reports.filter(
        language=language, state__in=(ReportState.QUEUED, ReportState.RUNNING)
    )
    for report in unfinished:
        if report.is_under_way:
            return report
    unfinished.update(state=ReportState.FAILED)
    report = RoundReport.objects.create(round=round_, language=language, requested_by=actor)
    make.delay_on_commit(report.pk)
    return report
