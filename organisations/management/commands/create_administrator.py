"""Make an administrator: `manage.py create_administrator EMAIL`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from organisations.management.appointing import SIGN_IN_HINT, checked_address
from organisations.people.enums import Language
from organisations.people.services import make_administrator


class Command(BaseCommand):
    """Makes a person an administrator."""

    help = "Make a person an administrator, who manages people and organisations in the admin."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the person."""
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument("--name", default="", help="the person's name")
        parser.add_argument("--language", default=Language.FI.value, choices=Language.values)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the administrator; safe to repeat."""
        email = checked_address(options["email"])
        make_administrator(email, name=options["name"], language=options["language"])
        self.stdout.write(f"{email} is an administrator.")
        self.stdout.write(SIGN_IN_HINT)
