"""Who may assess, rank, propose, answer, decide and tell."""

from __future__ import annotations

from typing import Any

import rules

from organisations.partnership.permissions import administers, coordinates, hosts
from rounds.challenges.permissions import (
    belongs_to_giver,
    has_been_submitted,
    is_of_party,
    writes_for,
)
from rounds.selection.assessing.models import Recusal
from rounds.selection.enums import StandsAside


@rules.predicate
def proposed_it(user: Any, proposal: Any) -> bool:
    """The user is the one who sent the proposal."""
    return bool(proposal.proposed_by_id == user.pk)


@rules.predicate
def belongs_to_proposed_giver(user: Any, proposal: Any) -> bool:
    """The user has a role in the organisation whose challenge is proposed."""
    return bool(belongs_to_giver.test(user, proposal.challenge))


@rules.predicate
def declared_conflict_in_proposed(user: Any, proposal: Any) -> bool:
    """The user has declared a conflict of interest in the challenge that is proposed."""
    conflicts = Recusal.objects.filter(user=user, kind=StandsAside.CONFLICT)
    return bool(conflicts.filter(challenge=proposal.challenge_id).exists())


rules.add_perm("rounds.assess_challenge", is_of_party & ~belongs_to_giver)
rules.add_perm("rounds.assess_in_round", coordinates | hosts)
rules.add_perm("rounds.assign_assessors", coordinates)
rules.add_perm("rounds.see_assessors", coordinates | hosts | administers)
rules.add_perm("rounds.see_board", coordinates | hosts | administers)
rules.add_perm("rounds.rank_challenges", coordinates)
rules.add_perm("rounds.send_packet", coordinates)
rules.add_perm("rounds.propose_challenge", coordinates)
rules.add_perm("rounds.set_aside_challenge", coordinates)
rules.add_perm("rounds.promote_challenge", coordinates)
rules.add_perm("rounds.answer_challenge", hosts & ~belongs_to_giver)
rules.add_perm("rounds.see_proposal", coordinates | hosts | administers)
rules.add_perm(
    "rounds.answer_proposal",
    hosts & ~proposed_it & ~belongs_to_proposed_giver & ~declared_conflict_in_proposed,
)
rules.add_perm("rounds.decide_challenge", coordinates)
rules.add_perm("rounds.announce_decisions", coordinates)
rules.add_perm("rounds.see_decision_log", coordinates | hosts | administers)
rules.add_perm("rounds.take_part", writes_for)
rules.add_perm("rounds.wish_feedback", writes_for)
rules.add_perm("rounds.answer_feedback_wish", coordinates & has_been_submitted)
