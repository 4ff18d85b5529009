"""Every change of the selection: assessing, ranking, proposing, answering, deciding and telling.

Whoever changes what the round's places depend on locks the round first, then its challenges, so
that two people who press at the same moment are served one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.content import snapshot
from rounds.challenges.enums import DECIDED, Status
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import belongs_to_giver
from rounds.challenges.transitions import lock_challenge, move
from rounds.planning.locks import lock_round
from rounds.planning.models import Round
from rounds.selection import errors, letters
from rounds.selection.enums import Answer, Outcome, Party
from rounds.selection.models import (
    HIGHEST_SCORE,
    LOWEST_SCORE,
    Assessment,
    Criterion,
    Decision,
    Packet,
    Proposal,
    Ranking,
    Score,
)
from rounds.selection.places import places_offered, places_taken, take_place
from rounds.selection.standings import ASSESSABLE, in_board_order, standings_of, voices_of


@dataclass(frozen=True, slots=True)
class PacketItem:
    """One line of a packet: what the coordinator suggests of a challenge, and why."""

    challenge_id: int
    suggested: str
    rationale: str = ""


def _round_of(challenge_id: int) -> int:
    return Challenge.objects.only("round_id").get(pk=challenge_id).round_id


# --- Assessing --------------------------------------------------------------------------------


@service
def save_assessment(
    challenge_id: int, *, scores: Mapping[int, int], comment: str, done: bool, actor: User
) -> Assessment:
    """Keep the actor's view of a challenge, in the name of the party they belong to.

    :param scores: marks 1–5 by the criterion's id; a draft may lack some.
    :param done: whether it counts from now on; a saved draft does not.
    :raises ConflictOfInterest: when the challenge comes from the actor's own organisation.
    :raises NotAllowed: when the actor belongs to neither party.
    :raises WrongState: when the challenge is no longer weighed.
    :raises BadScore: for a mark outside 1–5 or a criterion of another round.
    :raises AssessmentIncomplete: when it is marked as done and a criterion lacks its mark.
    """
    challenge = lock_challenge(challenge_id)
    if belongs_to_giver.test(actor, challenge):
        raise errors.ConflictOfInterest
    require_permission("rounds.assess_challenge", actor, challenge)
    if challenge.status not in ASSESSABLE:
        raise WrongState
    _check_scores(challenge.round_id, scores, done=done)
    by_coordinator = challenge.round.partnership.is_coordinated_by(actor)
    assessment, _ = Assessment.objects.update_or_create(
        challenge=challenge,
        assessor=actor,
        defaults={
            "party": Party.COORDINATOR if by_coordinator else Party.INSTITUTION,
            "comment": comment.strip(),
            "done_at": clock.now() if done else None,
            "saved_at": clock.now(),
        },
    )
    assessment.scores.exclude(criterion__in=scores).delete()
    Score.objects.bulk_create(
        [
            Score(assessment=assessment, criterion_id=criterion, value=value)
            for criterion, value in scores.items()
        ],
        update_conflicts=True,
        unique_fields=["assessment", "criterion"],
        update_fields=["value"],
    )
    return assessment


def _check_scores(round_id: int, scores: Mapping[int, int], *, done: bool) -> None:
    known = set(Criterion.objects.filter(round=round_id).values_list("pk", flat=True))
    if not known.issuperset(scores):
        raise errors.BadScore
    if any(not LOWEST_SCORE <= value <= HIGHEST_SCORE for value in scores.values()):
        raise errors.BadScore
    if done and known != set(scores):
        raise errors.AssessmentIncomplete


# --- Ranking ----------------------------------------------------------------------------------


@service
def move_in_ranking(challenge_id: int, *, position: int, actor: User) -> None:
    """Give a challenge the place `position` (from 1) on the board; the others make room.

    A place beyond the last one means the last.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the decisions have been announced or the challenge was withdrawn.
    """
    round_ = lock_round(_round_of(challenge_id))
    require_permission("rounds.rank_challenges", actor, round_)
    if round_.announced_at is not None:
        raise WrongState
    on_board = Challenge.objects.submitted().exclude(status=Status.WITHDRAWN)
    board = in_board_order(
        on_board.filter(round=round_).select_related("ranking"),
        standings_of(voices_of(round_.pk)),
    )
    order = [challenge.pk for challenge in board]
    if challenge_id not in order:
        raise WrongState
    order.remove(challenge_id)
    order.insert(min(max(position, 1), len(order) + 1) - 1, challenge_id)
    Ranking.objects.filter(round=round_).exclude(challenge__in=order).delete()
    # The unique places are checked at the end of the transaction, so they may cross here.
    Ranking.objects.bulk_create(
        [
            Ranking(round=round_, challenge_id=pk, position=place)
            for place, pk in enumerate(order, 1)
        ],
        update_conflicts=True,
        unique_fields=["challenge"],
        update_fields=["position"],
    )


# --- Proposing and answering ------------------------------------------------------------------


@service
def send_packet(round_id: int, *, items: Sequence[PacketItem], message: str, actor: User) -> Packet:
    """Propose challenges to the institution in the given order, as they stand now.

    Everybody of the institution's staff gets a letter, in their own language.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises EmptyPacket: when nothing is proposed.
    :raises UnknownOutcome: when a challenge stands twice or a suggestion is not known.
    :raises WrongState: when a challenge is not submitted, or not of this round.
    :raises CapacityFull: when more are suggested as confirmed than there are places left.
    :raises NobodyToAnswer: when nobody but the actor could answer.
    """
    round_ = lock_round(round_id)
    require_permission("rounds.send_packet", actor, round_)
    _check_items(round_, items)
    readers = letters.packet_readers(round_, without=actor)
    if not readers:
        raise errors.NobodyToAnswer
    packet = Packet.objects.create(
        round=round_,
        number=(round_.packets.aggregate(last=Max("number"))["last"] or 0) + 1,
        message=message.strip(),
        sent_by=actor,
        sent_at=clock.now(),
    )
    for position, item in enumerate(items, 1):
        _propose(packet, position, item, actor)
    letters.queue_packet(packet, len(items), readers)
    return packet


def _check_items(round_: Round, items: Sequence[PacketItem]) -> None:
    if not items:
        raise errors.EmptyPacket
    ids = [item.challenge_id for item in items]
    if len(set(ids)) < len(ids) or any(item.suggested not in Outcome.values for item in items):
        raise errors.UnknownOutcome
    if Challenge.objects.filter(pk__in=ids, round=round_).count() < len(ids):
        raise WrongState
    wanted = sum(item.suggested == Outcome.CONFIRMED for item in items)
    if wanted and wanted + places_taken(round_) + places_offered(round_) > round_.capacity:
        raise errors.CapacityFull


def _propose(packet: Packet, position: int, item: PacketItem, actor: User) -> None:
    challenge = lock_challenge(item.challenge_id)
    move(challenge, "propose", actor=actor)
    Proposal.objects.create(
        packet=packet,
        challenge=challenge,
        position=position,
        suggested=item.suggested,
        rationale=item.rationale.strip(),
        snapshot=snapshot(challenge),
        proposed_by=actor,
    )


@service
def answer_proposal(
    proposal_id: int, *, answer: str, note: str, outcome: str | None = None, actor: User
) -> Proposal:
    """Record the institution's answer and decide the challenge with it; nothing is told yet.

    :param answer: `Answer.AGREE` decides as suggested; `Answer.DISAGREE` needs a note.
    :param outcome: what is decided when disagreeing: reserve or (unless told) not selected.
    :raises ConflictOfInterest: when the challenge comes from the actor's own organisation.
    :raises ProposerAnswers: when the actor sent the proposal.
    :raises NotAllowed: when the actor is not of the institution's staff.
    :raises WrongState: when it was answered already, or the challenge was withdrawn.
    :raises NoteMissing: when disagreeing without a note.
    :raises CapacityFull: when confirming would exceed the round's places.
    """
    round_ = lock_round(
        Proposal.objects.select_related("packet").get(pk=proposal_id).packet.round_id
    )
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("packet__round__partnership", "challenge")
        .get(pk=proposal_id)
    )
    challenge = lock_challenge(proposal.challenge_id)
    _check_answerer(proposal, actor)
    if proposal.answer:
        raise WrongState
    target = _outcome_of(proposal, answer, note.strip(), outcome)
    if target == Outcome.CONFIRMED:
        take_place(round_, challenge)
    move(challenge, "answer", actor=actor, target=target)
    proposal.answer = answer
    proposal.answer_note = note.strip()
    proposal.answered_by = actor
    proposal.answered_at = clock.now()
    proposal.save()
    _decide(challenge, target, actor)
    return proposal


def _check_answerer(proposal: Proposal, actor: User) -> None:
    if belongs_to_giver.test(actor, proposal.challenge):
        raise errors.ConflictOfInterest
    require_permission("rounds.see_proposal", actor, proposal)
    if proposal.proposed_by_id == actor.pk:
        raise errors.ProposerAnswers
    require_permission("rounds.answer_proposal", actor, proposal)


def _outcome_of(proposal: Proposal, answer: str, note: str, outcome: str | None) -> str:
    if answer == Answer.AGREE and outcome in (None, proposal.suggested):
        return proposal.suggested
    if answer != Answer.DISAGREE or outcome not in (None, Outcome.RESERVE, Outcome.NOT_SELECTED):
        raise errors.UnknownOutcome
    if not note:
        raise errors.NoteMissing
    return outcome or Outcome.NOT_SELECTED


# --- Deciding and telling ---------------------------------------------------------------------


def _decide(
    challenge: Challenge, outcome: str, actor: User, *, reason: str = "", internal_note: str = ""
) -> Decision:
    """Write the standing decision; one that stood before is kept as replaced."""
    moment = clock.now()
    challenge.decisions.filter(superseded_at=None).update(superseded_at=moment)
    return Decision.objects.create(
        challenge=challenge,
        outcome=outcome,
        reason=reason.strip(),
        internal_note=internal_note.strip(),
        decided_by=actor,
        decided_at=moment,
    )


@service
def set_aside(
    challenge_id: int, *, outcome: str, reason: str, internal_note: str, actor: User
) -> Decision:
    """Decide without proposing: the challenge stays in reserve or is not selected.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the challenge is not submitted.
    :raises UnknownOutcome: for any other outcome.
    """
    lock_round(_round_of(challenge_id))
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.set_aside_challenge", actor, challenge)
    if outcome not in (Outcome.RESERVE, Outcome.NOT_SELECTED):
        raise errors.UnknownOutcome
    move(challenge, "set_aside", actor=actor, target=outcome)
    return _decide(challenge, outcome, actor, reason=reason, internal_note=internal_note)


@service
def write_reason(challenge_id: int, *, reason: str, internal_note: str, actor: User) -> Decision:
    """Write the reason to the applicant and the internal note of a decision not yet told.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when nothing is decided, or the decision has been told.
    """
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.decide_challenge", actor, challenge)
    decision = challenge.decisions.filter(superseded_at=None).first()
    if decision is None or decision.announced_at or challenge.status not in DECIDED:
        raise WrongState
    decision.reason = reason.strip()
    decision.internal_note = internal_note.strip()
    decision.save()
    return decision


@service
def announce_decisions(round_id: int, *, actor: User) -> int:
    """Tell every decision of the round that has not been told, each by letter with its reason.

    :returns: how many letters were queued.
    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises ProposalsWaiting: while the institution has proposals to answer.
    :raises NothingToAnnounce: when every decision has been told.
    :raises ReasonsMissing: when a refusal or a reserve place lacks its reason.
    """
    round_ = lock_round(round_id)
    require_permission("rounds.announce_decisions", actor, round_)
    open_statuses = set(
        round_.challenges.filter(status__in=ASSESSABLE).values_list("status", flat=True)
    )
    if Status.PROPOSED in open_statuses:
        raise errors.ProposalsWaiting
    decisions = list(Decision.objects.untold(round_).select_for_update(of=("self", "challenge")))
    if not decisions:
        raise errors.NothingToAnnounce
    lacking = [decision for decision in decisions if decision.lacks_reason]
    if lacking:
        raise errors.ReasonsMissing(lacking)
    _mark_as_told(round_, decisions, all_decided=not open_statuses)
    return letters.queue_decisions(round_, decisions)


def _mark_as_told(round_: Round, decisions: Iterable[Decision], *, all_decided: bool) -> None:
    moment = clock.now()
    for decision in decisions:
        decision.announced_at = moment
        decision.save(update_fields=["announced_at"])
        decision.challenge.announced_at = moment
        decision.challenge.save(update_fields=["announced_at"])
    if all_decided and round_.announced_at is None:
        round_.announced_at = moment
        round_.save(update_fields=["announced_at"])


@service
def promote_reserve(challenge_id: int, *, actor: User) -> Decision:
    """Give a free place to a challenge in reserve; the new decision is told like any other.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the challenge is not in reserve.
    :raises CapacityFull: when no place is free.
    """
    round_ = lock_round(_round_of(challenge_id))
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.promote_challenge", actor, challenge)
    if challenge.status == Status.RESERVE:
        take_place(round_, challenge)
    challenge.decided_at, challenge.decided_by = clock.now(), actor
    challenge.announced_at = None
    move(challenge, "promote", actor=actor)
    return _decide(challenge, Outcome.CONFIRMED, actor)
