"""Every step's part of the admin, so that Django finds them."""

from rounds.call.admin import FundAdmin, SpecificObjectiveAdmin
from rounds.planning.admin import RoundAdmin
from rounds.selection.admin import ProposalAdmin

__all__ = ["FundAdmin", "ProposalAdmin", "RoundAdmin", "SpecificObjectiveAdmin"]
