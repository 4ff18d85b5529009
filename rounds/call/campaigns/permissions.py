"""Who may write, look at and send campaigns."""

from __future__ import annotations

from typing import Any

import rules

from organisations.partnership.permissions import administers, coordinates


@rules.predicate
def is_the_portal(user: Any, campaign: Any) -> bool:
    """Nobody acts: the portal does by itself."""
    return user is None


rules.add_perm("rounds.see_campaigns", coordinates | administers)
rules.add_perm("rounds.write_campaign", coordinates)
rules.add_perm("rounds.send_campaign", coordinates)
rules.add_perm("rounds.finish_campaign", is_the_portal)
