"""Who may publish outcomes."""

import rules

from organisations.partnership.permissions import coordinates

rules.add_perm("rounds.publish_outcome", coordinates)
