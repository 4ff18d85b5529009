"""Every model of this app, so that Django finds them."""

from organisations.mailing.models import Unsubscription
from organisations.membership.models import Invitation, Membership
from organisations.partnership.models import Partnership
from organisations.people.models import User
from organisations.register.models import (
    Contact,
    County,
    Note,
    Organisation,
    Region,
    RegisterImport,
)

__all__ = [
    "Contact",
    "County",
    "Invitation",
    "Membership",
    "Note",
    "Organisation",
    "Partnership",
    "Region",
    "RegisterImport",
    "Unsubscription",
    "User",
]
