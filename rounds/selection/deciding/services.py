"""Deciding without the institution, the reasons, and what changes a decision."""

from __future__ import annotations

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.enums import OUTCOMES, Status
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge, lock_with_round, move
from rounds.selection.deciding.decisions import decide
from rounds.selection.deciding.errors import (
    NotAgreed,
    NotNextInReserve,
    PhraseUnedited,
    ReasonNeeded,
)
from rounds.selection.deciding.phrases import is_unedited
from rounds.selection.deciding.reserve import reserve_of
from rounds.selection.enums import Outcome
from rounds.selection.errors import UnknownOutcome
from rounds.selection.models import Decision
from rounds.selection.places import take_place


def _check_reason(outcome: str, reason: str) -> None:
    if outcome == Outcome.NOT_SELECTED and is_unedited(reason, outcome):
        raise PhraseUnedited


@service
def set_aside(
    challenge_id: int, *, outcome: str, reason: str, internal_note: str, actor: User
) -> Decision:
    """Decide without proposing: the challenge stays in reserve or is not selected.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the challenge is not submitted.
    :raises UnknownOutcome: for any other outcome.
    :raises PhraseUnedited: when a refusal's reason is a ready phrase.
    """
    challenge = lock_with_round(challenge_id)
    require_permission("rounds.set_aside_challenge", actor, challenge)
    if outcome not in (Outcome.RESERVE, Outcome.NOT_SELECTED):
        raise UnknownOutcome
    _check_reason(outcome, reason)
    move(challenge, "set_aside", actor=actor, target=outcome)
    return decide(challenge, outcome, actor, reason=reason, internal_note=internal_note)


@service
def write_reason(challenge_id: int, *, reason: str, internal_note: str, actor: User) -> Decision:
    """Write the reason to the applicant and the internal note of a decision not yet told.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when nothing is decided, or the decision has been told.
    :raises PhraseUnedited: when a refusal's reason is a ready phrase.
    """
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.decide_challenge", actor, challenge)
    decision = _untold(challenge)
    _check_reason(decision.outcome, reason)
    decision.reason = reason.strip()
    decision.internal_note = internal_note.strip()
    decision.save()
    return decision


@service
def reopen_decision(challenge_id: int, *, actor: User) -> Challenge:
    """Take a decision back that nobody has been told.

    The challenge is weighed again, its place is free. Where an earlier decision was told, that
    one stands again.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when nothing is decided, or the decision has been told.
    :raises CapacityFull: when the place that was told has gone to another challenge.
    """
    challenge = lock_with_round(challenge_id)
    require_permission("rounds.decide_challenge", actor, challenge)
    decision = _untold(challenge)
    decision.superseded_at = clock.now()
    decision.save()
    told = challenge.decisions.filter(announced_at__isnull=False).order_by("announced_at").last()
    if told is not None:
        return _restore(challenge, told)
    challenge.decided_at = challenge.decided_by = None
    move(challenge, "reopen", actor=actor)
    return challenge


def _restore(challenge: Challenge, told: Decision) -> Challenge:
    if told.outcome == Outcome.CONFIRMED:
        take_place(challenge.round, challenge)
    told.superseded_at = None
    told.save()
    challenge.status = told.outcome
    challenge.decided_at, challenge.decided_by = told.decided_at, told.decided_by
    challenge.announced_at = told.announced_at
    challenge.save()
    return challenge


@service
def redecide(
    challenge_id: int, *, outcome: str, reason: str, internal_note: str, actor: User
) -> Decision:
    """Replace a decision that has been told by another; that one is to be told, too.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the present decision is untold, or the project has begun.
    :raises UnknownOutcome: for a place: that is taken from the reserve.
    :raises ReasonNeeded: without a reason.
    :raises PhraseUnedited: when a refusal's reason is a ready phrase.
    """
    challenge = lock_with_round(challenge_id)
    require_permission("rounds.decide_challenge", actor, challenge)
    if not challenge.is_told or challenge.status not in OUTCOMES:
        raise WrongState
    if outcome not in (Outcome.RESERVE, Outcome.NOT_SELECTED):
        raise UnknownOutcome
    if not reason.strip():
        raise ReasonNeeded
    _check_reason(outcome, reason)
    move(challenge, "redecide", actor=actor, target=outcome)
    return decide(challenge, outcome, actor, reason=reason, internal_note=internal_note)


@service
def promote_reserve(challenge_id: int, *, actor: User) -> Decision:
    """Give a free place to the next challenge in reserve; the new decision is told like any other.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the challenge is not in reserve.
    :raises NotAgreed: when the institution has not agreed to it in a packet.
    :raises NotNextInReserve: when another one that it has agreed to comes first.
    :raises CapacityFull: when no place is free.
    """
    challenge = lock_with_round(challenge_id)
    require_permission("rounds.promote_challenge", actor, challenge)
    if challenge.status != Status.RESERVE:
        raise WrongState
    agreed = [each.challenge.pk for each in reserve_of(challenge.round) if each.is_agreed]
    if challenge.pk not in agreed:
        raise NotAgreed
    if agreed[0] != challenge.pk:
        raise NotNextInReserve
    take_place(challenge.round, challenge)
    move(challenge, "promote", actor=actor)
    return decide(challenge, Outcome.CONFIRMED, actor)


def _untold(challenge: Challenge) -> Decision:
    """Return the decision that stands and has not been told.

    :raises WrongState: when there is none.
    """
    decision = challenge.decisions.filter(superseded_at=None).first()
    if decision is None or decision.announced_at or challenge.status not in OUTCOMES:
        raise WrongState
    return decision
