"""What the worker does for reports."""

from __future__ import annotations

from minno_portal.queue import portal_task
from rounds.reports.making import make_report


@portal_task("rounds.make_report")
def make(report_id: int) -> None:
    """Make a requested report; safe to run twice."""
    make_report(report_id)
