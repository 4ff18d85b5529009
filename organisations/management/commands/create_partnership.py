"""Found a partnership of a coordinator organisation and an institution."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from minno_portal import clock
from organisations.management.appointing import checked_address
from organisations.partnership.services import found_partnership
from organisations.register.enums import Kind
from organisations.register.services import ensure_organisation


class Command(BaseCommand):
    """Founds a partnership."""

    help = "Found a partnership; its two organisations are made if missing. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the two sides and how they write."""
        parser.add_argument("--coordinator", required=True, help="name of the coordinator's side")
        parser.add_argument("--institution", required=True, help="name of the institution")
        parser.add_argument("--prefix", default="MINNO", help="of reference numbers, 2–12 capitals")
        parser.add_argument("--reply-to", required=True, help="address for replies to letters")
        parser.add_argument(
            "--agreed-from",
            type=dt.date.fromisoformat,
            default=None,
            help="first day of the agreement, YYYY-MM-DD (today)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Found the partnership."""
        try:
            partnership, is_new = found_partnership(
                coordinator=ensure_organisation(options["coordinator"], kind=Kind.ASSOCIATION),
                institution=ensure_organisation(options["institution"], kind=Kind.INSTITUTION),
                prefix=options["prefix"].upper(),
                reply_to=checked_address(options["reply_to"]),
                agreed_from=options["agreed_from"] or clock.today(),
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        did = "Founded" if is_new else "There already:"
        self.stdout.write(f"{did} {partnership} ({partnership.prefix}).")
