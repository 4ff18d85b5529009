"""The CPU time of one round report, in a process that does nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from dev.bootstrap import ROOT

BAR_SECONDS = 3.0


def report_figures() -> list[dict[str, Any]]:
    """Make the report of a round of eight challenges in a fresh process and weigh it."""
    servers = ("DATABASE_URL", "REDIS_URL", "EMBEDDED_DATABASE")
    environ = {name: value for name, value in os.environ.items() if name not in servers}
    with tempfile.TemporaryDirectory(prefix="minno-report-", ignore_cleanup_errors=True) as folder:
        done = subprocess.run(
            [sys.executable, "-m", "dev.report_cost"],
            cwd=ROOT,
            env={**environ, "VAR_DIR": folder},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    cost = json.loads(done.stdout.splitlines()[-1])
    first, again = cost["first"], cost["again"]
    return [
        _row("round report of 8 challenges, first in a process (CPU)", first),
        _row("round report of 8 challenges, next in the same process (CPU)", again),
    ]


def _row(figure: str, seconds: float) -> dict[str, Any]:
    return {
        "figure": figure,
        "value": round(seconds, 2),
        "unit": "s",
        "bar": BAR_SECONDS,
        "held": seconds < BAR_SECONDS,
    }


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


def main() -> None:
    """Set Django up on the embedded database, measure, print one line of JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minno_portal.settings")
    from minno_portal import embedded

    embedded.provide(os.environ)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(measure()))


if __name__ == "__main__":
    main()
