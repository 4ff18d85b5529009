"""Who may plan rounds, log working time and read a round's letters."""

from __future__ import annotations

from typing import Any

import rules

from organisations.partnership.permissions import administers, coordinates, hosts


@rules.predicate
def logged_it(user: Any, entry: Any) -> bool:
    """The user is the one whose working time the entry tells."""
    return bool(user.is_authenticated and entry.user_id == user.pk)


@rules.predicate
def runs_rounds(user: Any, thing: Any = None) -> bool:
    """The user is a coordinator or staff somewhere: the working pages of rounds concern them."""
    return bool(user.is_authenticated and (user.ties.coordinator or user.ties.staff))


rules.add_perm("rounds.list_rounds", runs_rounds | administers)
rules.add_perm("rounds.plan_round", coordinates)
rules.add_perm("rounds.see_round", coordinates | hosts | administers)
rules.add_perm("rounds.see_work", coordinates | administers)
rules.add_perm("rounds.log_work", coordinates)
rules.add_perm("rounds.delete_work", coordinates & logged_it)
rules.add_perm("rounds.see_letters", coordinates | administers)
rules.add_perm("rounds.see_reminders", coordinates | administers)
rules.add_perm("rounds.plan_reminders", coordinates)
