"""Telling decisions: the letters as they are edited, sending them, and putting them right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.outbox.rendering import clean_line, clean_text
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.enums import DECIDED, Status
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge
from rounds.planning.locks import lock_round
from rounds.planning.models import Round
from rounds.selection.deciding import letters
from rounds.selection.deciding.errors import (
    BadLetter,
    EmptyText,
    LettersChanged,
    NothingChosen,
)
from rounds.selection.deciding.models import LETTER_LENGTH, Correction, LetterDraft
from rounds.selection.deciding.taking_part import ask_to_confirm
from rounds.selection.enums import ASSESSABLE
from rounds.selection.errors import NothingToAnnounce, ProposalsWaiting, ReasonsMissing
from rounds.selection.models import Decision
from rounds.selection.taking_back import take_back

LONGEST_SUBJECT = 200


@service
def edit_letter(
    decision_id: int, *, email: str, subject: str, text: str, actor: User
) -> LetterDraft | None:
    """Keep a letter as the coordinator has edited it; back to what it was is no edit.

    :returns: None where the letter says what it would say anyway.
    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the decision has been told, or nobody gets a letter at the address.
    :raises BadLetter: when subject or text is empty or too long.
    """
    decision, letter = _letter_of(decision_id, email, actor)
    subject, text = clean_line(subject), clean_text(text)
    if not subject or not text.strip():
        raise BadLetter
    if len(subject) > LONGEST_SUBJECT or len(text) > LETTER_LENGTH:
        raise BadLetter
    if (subject, text) == (letter.default.subject, letter.default.text):
        take_back(decision.letter_drafts.filter(email=letter.to.email))
        return None
    draft, _ = LetterDraft.objects.update_or_create(
        decision=decision,
        email=letter.to.email,
        defaults={
            "subject": subject,
            "text": text,
            "edited_from": letter.default.text,
            "edited_by": actor,
            "edited_at": clock.now(),
        },
    )
    return draft


@service
def reset_letter(decision_id: int, *, email: str, actor: User) -> None:
    """Forget what has been edited in a letter.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the decision has been told, or nobody gets a letter at the address.
    """
    decision, letter = _letter_of(decision_id, email, actor)
    take_back(decision.letter_drafts.filter(email=letter.to.email))


def _letter_of(
    decision_id: int, email: str, actor: User
) -> tuple[Decision, letters.DecisionLetter]:
    challenge = lock_challenge(Decision.objects.get(pk=decision_id).challenge_id)
    require_permission("rounds.decide_challenge", actor, challenge)
    decision = Decision.objects.select_related("challenge").get(pk=decision_id)
    if decision.announced_at or decision.superseded_at or challenge.status not in DECIDED:
        raise WrongState
    for letter in letters.decision_letters(challenge.round, [decision]):
        if letter.to.email == email.lower():
            return decision, letter
    raise WrongState


@service
def announce_decisions(
    round_id: int,
    *,
    decisions: Collection[int] | None = None,
    seen: Mapping[int, str] | None = None,
    actor: User,
) -> int:
    """Tell untold decisions of the round, each by letter with its reason.

    :param decisions: the ids of those to tell; None means every one.
    :param seen: the marks of the letters that the coordinator has looked at, by decision.
    :returns: how many letters were queued.
    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises NothingChosen: when an empty choice of decisions is given.
    :raises ProposalsWaiting: while the institution has proposals of theirs to answer.
    :raises NothingToAnnounce: when every decision has been told.
    :raises WrongState: when one of them has been told or taken back meanwhile.
    :raises ReasonsMissing: when a refusal or a reserve place lacks its reason.
    :raises LettersChanged: when a letter says something else than what was looked at.
    """
    round_ = lock_round(round_id)
    require_permission("rounds.announce_decisions", actor, round_)
    chosen = _chosen(round_, decisions)
    lacking = [decision for decision in chosen if decision.lacks_reason]
    if lacking:
        raise ReasonsMissing(lacking)
    told = letters.decision_letters(round_, chosen)
    _check_seen(told, seen or {})
    _mark_as_told(round_, chosen)
    return sum(letter.queue() for letter in told)


def _chosen(round_: Round, ids: Collection[int] | None) -> list[Decision]:
    if ids is not None and not ids:
        raise NothingChosen
    waiting = Challenge.objects.filter(round=round_, status=Status.PROPOSED)
    if ids is not None:
        waiting = waiting.filter(decisions__in=ids)
    if waiting.exists():
        raise ProposalsWaiting
    chosen = [each for each in _locked_untold(round_) if ids is None or each.pk in ids]
    if ids is not None and len(chosen) < len(set(ids)):
        raise WrongState
    if not chosen:
        raise NothingToAnnounce
    return chosen


def _locked_untold(round_: Round) -> list[Decision]:
    """Return the untold decisions after locking their challenges.

    Whoever writes a decision holds its challenge: taken the other way round, two wait for ever.
    """
    decided = Decision.objects.untold(round_).order_by().values("challenge")
    challenges = Challenge.objects.filter(pk__in=decided).order_by("pk")
    locked = list(challenges.select_for_update(of=("self",)).values_list("pk", flat=True))
    return list(Decision.objects.untold(round_).filter(challenge__in=locked))


def _check_seen(told: Iterable[letters.DecisionLetter], marks: Mapping[int, str]) -> None:
    by_decision: dict[int, list[letters.DecisionLetter]] = {}
    for letter in told:
        by_decision.setdefault(letter.decision.pk, []).append(letter)
    for pk, mark in marks.items():
        if pk in by_decision and letters.seen(by_decision[pk]) != mark:
            raise LettersChanged


def _mark_as_told(round_: Round, decisions: Iterable[Decision]) -> None:
    moment = clock.now()
    for decision in decisions:
        decision.announced_at = moment
        decision.save(update_fields=["announced_at"])
        decision.challenge.announced_at = moment
        decision.challenge.told_outcome = decision.outcome
        decision.challenge.save(update_fields=["announced_at", "told_outcome"])
        ask_to_confirm(decision, round_)
    goes_on = round_.challenges.filter(status__in=ASSESSABLE).exists()
    if round_.announced_at is None and not goes_on and not Decision.objects.untold(round_).exists():
        round_.announced_at = moment
        round_.save(update_fields=["announced_at"])


@service
def send_correction(challenge_id: int, *, text: str, actor: User) -> Correction:
    """Put something right that a letter of a told decision said, to those who got the letter.

    Sent twice with the same words, it goes out once.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the association has not been told any decision.
    :raises EmptyText: without a text.
    """
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.decide_challenge", actor, challenge)
    decision = told_decision_of(challenge)
    if decision is None:
        raise WrongState
    text = clean_text(text).strip()
    if not text:
        raise EmptyText
    if earlier := decision.corrections.filter(text=text).first():
        return earlier
    correction = Correction.objects.create(
        decision=decision, text=text, sent_by=actor, sent_at=clock.now()
    )
    letters.queue_correction(correction, challenge.round)
    return correction


def told_decision_of(challenge: Challenge) -> Decision | None:
    """Return the decision that the association knows: the one that was told last."""
    told = challenge.decisions.filter(announced_at__isnull=False).select_related("challenge")
    found: Decision | None = told.order_by("announced_at", "pk").last()
    return found
