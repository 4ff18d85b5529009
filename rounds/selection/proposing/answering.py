"""The institution's answers to what was proposed: each decides, or sends the proposal back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from minno_portal import clock
from minno_portal.errors import Refused, WrongState
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import belongs_to_giver
from rounds.challenges.transitions import lock_challenge, move
from rounds.planning.locks import lock_round
from rounds.selection import errors
from rounds.selection.deciding.decisions import decide
from rounds.selection.enums import Answer, Outcome
from rounds.selection.models import Decision, Packet, Proposal
from rounds.selection.permissions import declared_conflict_in_proposed
from rounds.selection.places import take_place
from rounds.selection.proposing import letters

MOST_TEAMS = 20


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one proposal.

    `outcome` is what is decided when disagreeing: reserve or, unless told, not selected. Tutor and
    number of teams may be named with an agreement.
    """

    proposal_id: int
    answer: str
    note: str = ""
    outcome: str | None = None
    tutor_name: str = ""
    tutor_email: str = ""
    teams: int | None = None


@service
def answer_proposal(
    proposal_id: int,
    *,
    answer: str,
    note: str,
    outcome: str | None = None,
    tutor_name: str = "",
    tutor_email: str = "",
    teams: int | None = None,
    actor: User,
) -> Proposal:
    """Record the institution's answer and decide the challenge with it; nothing is told yet.

    The coordinator gets a letter when the packet's last answer has come, and at once when a change
    is asked for.

    :param answer: `Answer.AGREE` decides as suggested; `Answer.DISAGREE` decides otherwise and
        `Answer.CHANGE` decides nothing but sends the challenge back: both need a note.
    :param outcome: what is decided when disagreeing: reserve or (unless told) not selected.
    :param teams: how many teams take the challenge; like the tutor it is kept when agreeing.
    :raises ConflictOfInterest: when the challenge comes from the actor's own organisation.
    :raises DeclaredConflict: when the actor has said to have an interest in it.
    :raises ProposerAnswers: when the actor sent the proposal.
    :raises NotAllowed: when the actor is not of the institution's staff.
    :raises WrongState: when it was answered already, or the challenge was withdrawn.
    :raises NoteMissing: when not agreeing without a note.
    :raises TooManyTeams: for a number of teams that no challenge has.
    :raises CapacityFull: when confirming would exceed the round's places.
    """
    given = Given(proposal_id, answer, note, outcome, tutor_name, tutor_email, teams)
    proposal = _answer(given, actor)
    letters.tell_of_answers(proposal.packet, [proposal], actor)
    return proposal


@service
def answer_proposals(answers: Sequence[Given], *, actor: User) -> dict[int, Refused]:
    """Record several answers at once, like `answer_proposal` each; one letter tells of them.

    An answer that is refused leaves the others as they are.

    :returns: what was refused, by the proposal's id.
    """
    refused: dict[int, Refused] = {}
    recorded: list[Proposal] = []
    for given in _in_order_of_rounds(answers):
        try:
            with transaction.atomic():
                recorded.append(_answer(given, actor))
        except Refused as refusal:
            refused[given.proposal_id] = refusal
    packets: dict[Packet, list[Proposal]] = {}
    for proposal in recorded:
        packets.setdefault(proposal.packet, []).append(proposal)
    for packet, proposals in packets.items():
        letters.tell_of_answers(packet, proposals, actor)
    return refused


def _in_order_of_rounds(answers: Iterable[Given]) -> list[Given]:
    """Return the answers in the order in which rounds are locked, the same for everybody."""
    by_id = {given.proposal_id: given for given in answers}
    rows = Proposal.objects.filter(pk__in=by_id).order_by("packet__round", "packet", "position")
    return [by_id[pk] for pk in rows.values_list("pk", flat=True)]


def _answer(given: Given, actor: User) -> Proposal:
    known = Proposal.objects.select_related("packet").get(pk=given.proposal_id)
    round_ = lock_round(known.packet.round_id)
    proposal: Proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related(
            "packet__round__partnership__coordinator",
            "packet__round__partnership__institution",
            "challenge",
        )
        .get(pk=given.proposal_id)
    )
    challenge = lock_challenge(proposal.challenge_id)
    _check_answerer(proposal, actor)
    if proposal.answer:
        raise WrongState
    target = _outcome_of(proposal, given)
    if target is None:
        _return(challenge, actor)
    else:
        if target == Outcome.CONFIRMED:
            take_place(round_, challenge)
        _decide(challenge, target, actor)
    _write(proposal, given, actor)
    return proposal


def _check_answerer(proposal: Proposal, actor: User) -> None:
    if belongs_to_giver.test(actor, proposal.challenge):
        raise errors.ConflictOfInterest
    require_permission("rounds.see_proposal", actor, proposal)
    if proposal.proposed_by_id == actor.pk:
        raise errors.ProposerAnswers
    if declared_conflict_in_proposed.test(actor, proposal):
        raise errors.DeclaredConflict
    require_permission("rounds.answer_proposal", actor, proposal)


def _outcome_of(proposal: Proposal, given: Given) -> str | None:
    """Return what an answer decides; None where it sends the challenge back.

    :raises UnknownOutcome: when it makes no sense.
    :raises NoteMissing: when it needs a note and has none.
    :raises TooManyTeams: for an odd number of teams.
    """
    if given.teams is not None and not 1 <= given.teams <= MOST_TEAMS:
        raise errors.TooManyTeams
    if given.answer == Answer.AGREE and given.outcome in (None, proposal.suggested):
        return str(proposal.suggested)
    open_outcomes = {
        Answer.CHANGE.value: (None,),
        Answer.DISAGREE.value: (None, Outcome.RESERVE, Outcome.NOT_SELECTED),
    }.get(given.answer, ())
    if given.outcome not in open_outcomes:
        raise errors.UnknownOutcome
    if not given.note.strip():
        raise errors.NoteMissing
    if given.answer == Answer.CHANGE:
        return None
    return given.outcome or Outcome.NOT_SELECTED.value


def _decide(challenge: Challenge, target: str, actor: User) -> None:
    told = _told_decision(challenge)
    move(challenge, "answer", actor=actor, target=target)
    if told and told.outcome == target:
        _let_stand(challenge, told)
    else:
        decide(challenge, target, actor)


def _return(challenge: Challenge, actor: User) -> None:
    """Send the challenge back to the coordinator; its association is told nothing."""
    told = _told_decision(challenge)
    if told:
        move(challenge, "return", actor=actor, target=Status.RESERVE)
        _let_stand(challenge, told)
        return
    challenge.decisions.filter(superseded_at=None).update(superseded_at=clock.now())
    move(challenge, "return", actor=actor, target=Status.SUBMITTED)


def _told_decision(challenge: Challenge) -> Decision | None:
    """Return the decision that the association knows: of a reserve that was proposed."""
    standing: Decision | None = (
        challenge.decisions.filter(superseded_at=None).exclude(announced_at=None).first()
    )
    return standing


def _let_stand(challenge: Challenge, told: Decision) -> None:
    """Keep what was decided and told before: there is nothing new to tell."""
    challenge.decided_at, challenge.decided_by = told.decided_at, told.decided_by
    challenge.announced_at = told.announced_at
    challenge.save(update_fields=["decided_at", "decided_by", "announced_at"])


def _write(proposal: Proposal, given: Given, actor: User) -> None:
    proposal.answer = given.answer
    proposal.answer_note = given.note.strip()
    proposal.answered_by = actor
    proposal.answered_at = clock.now()
    if given.answer == Answer.AGREE:
        proposal.tutor_name = given.tutor_name.strip()
        proposal.tutor_email = given.tutor_email.strip().lower()
        proposal.teams = given.teams
    proposal.save()
