"""What the commands for the first people have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from organisations.membership.enums import Role
from organisations.membership.services import appoint_person
from organisations.people.enums import Language
from organisations.register.enums import Kind
from organisations.register.services import ensure_organisation

SIGN_IN_HINT = "They sign in with this address; the code comes by e-mail."


def checked_address(email: str) -> str:
    """Return the address in small letters.

    :raises CommandError: when it is no e-mail address.
    """
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"{email} is not an e-mail address.") from error
    return email.lower()


class AppointingCommand(BaseCommand):
    """Gives a person a role in an organisation; both are made where they are missing."""

    role: ClassVar[Role]
    kind: ClassVar[Kind]

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the person and the organisation."""
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument("--organisation", required=True, help="name of the organisation")
        parser.add_argument("--name", default="", help="the person's name")
        parser.add_argument("--language", default=Language.FI.value, choices=Language.values)

    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint the person; safe to repeat."""
        email = checked_address(options["email"])
        organisation = ensure_organisation(options["organisation"], kind=self.kind)
        if organisation.kind != self.kind:
            raise CommandError(
                f"{organisation.name} is of the kind {organisation.kind}; "
                f"this role belongs to the kind {self.kind}."
            )
        appoint_person(
            email=email,
            organisation=organisation,
            role=self.role,
            name=options["name"],
            language=options["language"],
        )
        self.stdout.write(f"{email} acts for {organisation.name} as {self.role}.")
        self.stdout.write(SIGN_IN_HINT)
