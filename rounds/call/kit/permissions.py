"""Who may use a round's communication kit."""

from __future__ import annotations

import rules

from organisations.partnership.permissions import administers, coordinates, hosts

rules.add_perm("rounds.see_kit", coordinates | hosts | administers)
