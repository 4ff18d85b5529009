"""An association asks for feedback on its challenge, and the coordinator answers."""

from __future__ import annotations

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.outbox.rendering import clean_text
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.enums import DECIDED
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge
from rounds.selection.deciding.errors import EmptyText
from rounds.selection.deciding.models import FeedbackWish
from rounds.selection.deciding.notices import queue_feedback_answer, queue_feedback_wish


def may_wish(challenge: Challenge) -> bool:
    """Tell whether the association can ask: it has been told a decision and has not withdrawn."""
    return bool(challenge.told_outcome or challenge.is_told) and challenge.told_status in DECIDED


@service
def wish_feedback(challenge_id: int, *, question: str, actor: User) -> FeedbackWish:
    """Ask the coordinator for feedback on a challenge, once; the coordinator gets a letter.

    :raises NotAllowed: when the actor does not write for the association.
    :raises WrongState: before a decision is told.
    """
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.wish_feedback", actor, challenge)
    if not may_wish(challenge):
        raise WrongState
    wish, is_new = FeedbackWish.objects.get_or_create(
        challenge=challenge,
        defaults={
            "asked_by": actor,
            "asked_at": clock.now(),
            "question": clean_text(question).strip(),
        },
    )
    if is_new:
        queue_feedback_wish(wish)
    return wish


@service
def answer_wish(challenge_id: int, *, answer: str, actor: User) -> FeedbackWish:
    """Answer a wish for feedback; contact person and deputy get the answer by letter.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when nothing was asked, or it has been answered.
    :raises EmptyText: without an answer.
    """
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.answer_feedback_wish", actor, challenge)
    wish = FeedbackWish.objects.filter(challenge=challenge).first()
    if wish is None or wish.answered_at is not None:
        raise WrongState
    wish.answer = clean_text(answer).strip()
    if not wish.answer:
        raise EmptyText
    wish.answered_at, wish.answered_by = clock.now(), actor
    wish.challenge = challenge
    wish.save()
    queue_feedback_answer(wish)
    return wish
