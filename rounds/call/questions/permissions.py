"""Who may see and change what a round's form asks."""

from __future__ import annotations

import rules

from organisations.partnership.permissions import administers, coordinates

rules.add_perm("rounds.see_form", coordinates | administers)
rules.add_perm("rounds.edit_form", coordinates)
