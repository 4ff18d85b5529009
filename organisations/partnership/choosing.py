"""Which partnerships a person may do something for."""

from __future__ import annotations

import rules

from organisations.partnership.models import Partnership
from organisations.people.models import User


def partnerships_with(permission: str, user: User) -> list[Partnership]:
    """Return the partnerships for which `user` has a permission (one query)."""
    found = Partnership.objects.visible_to(user).select_related("coordinator", "institution")
    return [each for each in found.order_by("pk") if rules.has_perm(permission, user, each)]
