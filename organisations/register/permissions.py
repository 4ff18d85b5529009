"""Who may bring a new organisation to the register."""

from __future__ import annotations

import rules

# Anybody who has signed in may name their association; what they may do follows from that.
rules.add_perm("organisations.create_organisation", rules.is_authenticated & rules.is_active)
