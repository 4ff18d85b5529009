"""Who may record and publish outcomes."""

import rules

from organisations.partnership.permissions import administers, coordinates, hosts

rules.add_perm("rounds.see_outcomes", coordinates | hosts | administers)
rules.add_perm("rounds.record_outcome", coordinates | hosts)
rules.add_perm("rounds.publish_outcome", coordinates)
