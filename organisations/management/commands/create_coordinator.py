"""Make the first coordinator: `manage.py create_coordinator EMAIL --organisation NAME`."""

from __future__ import annotations

from organisations.management.appointing import AppointingCommand
from organisations.membership.enums import Role
from organisations.register.enums import Kind


class Command(AppointingCommand):
    """Appoints a coordinator."""

    help = "Make a person the coordinator of an organisation; both are made if missing."
    role = Role.COORDINATOR
    kind = Kind.ASSOCIATION
