"""Every model of this app, so that Django finds them."""

from organisations.membership.models import Invitation, Membership
from organisations.partnership.models import Partnership
from organisations.people.models import User
from organisations.register.models import County, Organisation, Region

__all__ = ["County", "Invitation", "Membership", "Organisation", "Partnership", "Region", "User"]
