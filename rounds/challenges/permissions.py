"""Who may write, submit, comment on and send back a challenge."""

from __future__ import annotations

from typing import Any

import rules

from organisations.partnership.permissions import administers, coordinates, hosts


@rules.predicate
def writes_for(user: Any, challenge: Any) -> bool:
    """Tell whether the user is a contact person of the challenge's organisation.

    Who only says to be one writes what they have begun themselves.
    """
    if not user.is_authenticated:
        return False
    ties = user.ties
    is_own = challenge.created_by_id == user.pk and challenge.organisation_id in ties.claimed
    return is_own or challenge.organisation_id in ties.contact


@rules.predicate
def is_contact_of(user: Any, organisation: Any) -> bool:
    """Tell whether the user is, or says to be, a contact of the organisation that begins one."""
    return bool(user.is_authenticated and organisation.pk in user.ties.writing)


@rules.predicate
def belongs_to_giver(user: Any, challenge: Any) -> bool:
    """Tell whether the user has a role in the organisation that gave it: a conflict of interest."""
    return bool(user.is_authenticated and challenge.organisation_id in user.ties.conflicting)


@rules.predicate
def has_been_submitted(user: Any, challenge: Any) -> bool:
    """Tell whether the challenge has left the association's desk."""
    return challenge.submitted_at is not None


is_of_party = (coordinates | hosts) & has_been_submitted

rules.add_perm("rounds.begin_challenge", is_contact_of)
rules.add_perm(
    "rounds.see_challenge", writes_for | is_of_party | (administers & has_been_submitted)
)
rules.add_perm("rounds.write_challenge", writes_for)
rules.add_perm("rounds.submit_challenge", writes_for)
rules.add_perm("rounds.withdraw_challenge", writes_for)
rules.add_perm("rounds.comment_challenge", (writes_for & has_been_submitted) | is_of_party)
rules.add_perm("rounds.comment_among_parties", is_of_party)
rules.add_perm("rounds.ask_completion", coordinates & has_been_submitted)
rules.add_perm("rounds.review_challenge", is_of_party | (administers & has_been_submitted))
rules.add_perm("rounds.mark_quality", coordinates & has_been_submitted)
rules.add_perm("rounds.grant_late", coordinates)
