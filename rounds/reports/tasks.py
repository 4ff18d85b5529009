"""What the worker does for reports."""

from __future__ import annotations

from celery import shared_task

from rounds.reports.making import make_report


@shared_task(name="rounds.make_report")
def make(report_id: int) -> None:
    """Make a requested report; safe to run twice."""
    make_report(report_id)
