"""Who may bring people to an organisation."""

from __future__ import annotations

from typing import Any

import rules

from organisations.partnership.permissions import administers


@rules.predicate
def belongs_to(user: Any, organisation: Any) -> bool:
    """The user has some role in the organisation."""
    return bool(user.is_authenticated and organisation.pk in user.ties.every)


rules.add_perm("organisations.see_organisation", belongs_to | administers)
rules.add_perm("organisations.invite_person", belongs_to | administers)
