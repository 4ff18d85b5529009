"""Who may ask for feedback and read its results."""

import rules

from organisations.partnership.permissions import administers, coordinates, hosts

rules.add_perm("rounds.ask_feedback", coordinates)
rules.add_perm("rounds.see_feedback", coordinates | hosts | administers)
