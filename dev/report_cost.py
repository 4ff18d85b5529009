"""The CPU time of one round report, in a process that does nothing else."""

from __future__ import annotations

from typing import Any

from dev import own_servers
from dev.rows import Row, row

BAR_SECONDS = 3.0


def report_figures() -> list[Row]:
    """Make the report of a round of eight challenges and weigh it."""
    own_servers.start()
    own_servers.prepare_django()
    cost = measure()
    return [
        row("round report of 8 challenges, first in a process (CPU)", cost["first"],
            BAR_SECONDS, unit="s"),
        row("round report of 8 challenges, next in the same process (CPU)", cost["again"],
            BAR_SECONDS, unit="s"),
    ]  # fmt: skip


def measure() -> dict[str, float]:
    """Return the CPU seconds of two reports; the sample round is rolled back afterwards."""
    from django.db import transaction

    from dev.full_round import finished_round, own_partnership

    with transaction.atomic():
        round_ = finished_round(*own_partnership())
        cost = {"first": _cpu(round_), "again": _cpu(round_)}
        transaction.set_rollback(True)
    return cost


def _cpu(round_: Any) -> float:
    """Return the CPU seconds of one report, the first with WeasyPrint's import."""
    from time import process_time

    started = process_time()
    from rounds.reports.pdf import round_report_pdf

    round_report_pdf(round_, "fi")
    return process_time() - started
