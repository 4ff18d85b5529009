"""Make the first of an institution's staff: `manage.py create_staff EMAIL --organisation NAME`."""

from __future__ import annotations

from organisations.management.appointing import AppointingCommand
from organisations.membership.enums import Role
from organisations.register.enums import Kind


class Command(AppointingCommand):
    """Appoints an institution's staff."""

    help = "Make a person the staff of an educational institution; both are made if missing."
    role = Role.STAFF
    kind = Kind.INSTITUTION
