"""Who may follow the projects."""

import rules

from organisations.partnership.permissions import coordinates, hosts

rules.add_perm("rounds.run_project", coordinates | hosts)
