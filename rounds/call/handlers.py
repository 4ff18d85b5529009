"""Kept public pages are forgotten when a round or the parties behind it change."""

from minno_portal.public_pages import depends_on
from organisations.models import Organisation, Partnership
from rounds.call.campaigns import handlers as campaigns
from rounds.call.kit import call_moments
from rounds.call.kit import permissions as kit_permissions
from rounds.call.questions import handlers as questions
from rounds.call.questions import permissions
from rounds.planning.models import Round

__all__ = ["call_moments", "campaigns", "kit_permissions", "permissions", "questions"]

depends_on(Round, Partnership, Organisation)
