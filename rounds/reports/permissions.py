"""Who may have reports made and read them."""

import rules

from organisations.partnership.permissions import administers, coordinates, hosts

rules.add_perm("rounds.make_report", coordinates | hosts)
rules.add_perm("rounds.see_report", coordinates | hosts | administers)
