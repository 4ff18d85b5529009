"""Who may plan rounds and log working time."""

import rules

from organisations.partnership.permissions import administers, coordinates, hosts

rules.add_perm("rounds.plan_round", coordinates)
rules.add_perm("rounds.see_round", coordinates | hosts | administers)
rules.add_perm("rounds.log_work", coordinates)
