"""Write a round's report to a file, without queue or browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisations.people.enums import Language
from rounds.planning.models import Round
from rounds.reports.pdf import round_report_pdf


class Command(BaseCommand):
    """`round_report 1/2027 --output report.pdf`."""

    help = "Writes a round's report (PDF) to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the round, the file and the language."""
        parser.add_argument("code", help="the round, such as 1/2027 or minno-1-2027")
        parser.add_argument("--output", required=True, type=Path, help="the file to write")
        parser.add_argument("--language", choices=Language.values, default=Language.FI.value)

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the round and write its report."""
        output: Path = options["output"]
        if not output.parent.is_dir():
            raise CommandError(f"There is no folder {output.parent}.")
        pdf = round_report_pdf(_round(options["code"]), options["language"])
        output.write_bytes(pdf)
        self.stdout.write(f"{output}: {len(pdf)} bytes")


def _round(code: str) -> Round:
    rounds = Round.objects.select_related("partnership__coordinator", "partnership__institution")
    if match := re.fullmatch(r"(\d)/(\d{4})", code):
        found = list(rounds.filter(number=int(match[1]), year=int(match[2])))
    else:
        found = list(rounds.filter(slug=code))
    if not found:
        raise CommandError(f"There is no round {code}.")
    if len(found) > 1:
        slugs = ", ".join(sorted(round_.slug for round_ in found))
        raise CommandError(f"Several rounds have the code {code}: name one of {slugs}.")
    return found[0]
