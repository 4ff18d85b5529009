"""The life of a challenge as a table, and the one way to move along it."""

from __future__ import annotations

from minno_portal import clock
from minno_portal.transitions import Transition, TransitionTable
from organisations.people.models import User
from rounds.challenges.enums import OUTCOMES, Status, ToldStatus
from rounds.challenges.models import Challenge
from rounds.planning.locks import lock_round

S = Status

TABLE = TransitionTable(
    Transition(
        "submit",
        frozenset({S.DRAFT, S.NEEDS_COMPLETION}),
        S.SUBMITTED,
        "rounds.submit_challenge",
        "receipt",
    ),
    Transition(
        "ask_completion",
        # Asking again gives a new date, also when the first one has passed.
        frozenset({S.SUBMITTED, S.NEEDS_COMPLETION}),
        S.NEEDS_COMPLETION,
        "rounds.ask_completion",
        "needs-completion",
    ),
    Transition(
        "end_completion", frozenset({S.NEEDS_COMPLETION}), S.SUBMITTED, "rounds.ask_completion"
    ),
    # What was put in reserve without asking the institution can be proposed to it later.
    Transition(
        "propose", frozenset({S.SUBMITTED, S.RESERVE}), S.PROPOSED, "rounds.propose_challenge"
    ),
    # The institution asks for a change; what the association was told, reserve, holds.
    Transition("return", frozenset({S.PROPOSED}), S.SUBMITTED, "rounds.answer_challenge"),
    Transition("return", frozenset({S.PROPOSED}), S.RESERVE, "rounds.answer_challenge"),
    Transition("set_aside", frozenset({S.SUBMITTED}), S.RESERVE, "rounds.set_aside_challenge"),
    Transition("set_aside", frozenset({S.SUBMITTED}), S.NOT_SELECTED, "rounds.set_aside_challenge"),
    Transition("answer", frozenset({S.PROPOSED}), S.CONFIRMED, "rounds.answer_challenge"),
    Transition("answer", frozenset({S.PROPOSED}), S.RESERVE, "rounds.answer_challenge"),
    Transition("answer", frozenset({S.PROPOSED}), S.NOT_SELECTED, "rounds.answer_challenge"),
    Transition("promote", frozenset({S.RESERVE}), S.CONFIRMED, "rounds.promote_challenge"),
    # A decision that nobody has been told is taken back; one that was told is replaced by another.
    Transition(
        "reopen",
        frozenset({S.CONFIRMED, S.RESERVE, S.NOT_SELECTED}),
        S.SUBMITTED,
        "rounds.decide_challenge",
    ),
    Transition(
        "redecide", frozenset({S.CONFIRMED, S.NOT_SELECTED}), S.RESERVE, "rounds.decide_challenge"
    ),
    Transition(
        "redecide", frozenset({S.CONFIRMED, S.RESERVE}), S.NOT_SELECTED, "rounds.decide_challenge"
    ),
    Transition("start", frozenset({S.CONFIRMED}), S.RUNNING, "rounds.run_project"),
    Transition("complete", frozenset({S.RUNNING}), S.COMPLETED, "rounds.run_project"),
    Transition(
        "withdraw",
        frozenset(
            {
                S.DRAFT,
                S.SUBMITTED,
                S.NEEDS_COMPLETION,
                S.PROPOSED,
                S.CONFIRMED,
                S.RESERVE,
                # Until it is told, a refusal must not show by what the association can do.
                S.NOT_SELECTED,
            }
        ),
        S.WITHDRAWN,
        "rounds.withdraw_challenge",
    ),
)


def lock_with_round(challenge_id: int) -> Challenge:
    """Return the challenge after locking its round and then itself.

    :raises Challenge.DoesNotExist: when there is no such challenge.
    """
    lock_round(Challenge.objects.values_list("round_id", flat=True).get(pk=challenge_id))
    return lock_challenge(challenge_id)


def lock_challenge(challenge_id: int) -> Challenge:
    """Return the challenge, freshly read and locked until the transaction ends.

    :raises Challenge.DoesNotExist: when there is no such challenge.
    """
    # Locked alone: whoever waited while it was moved to another organisation would not find it
    # joined with the one it had.
    Challenge.objects.select_for_update().order_by().values_list("pk").get(pk=challenge_id)
    found: Challenge = Challenge.objects.select_related(
        "round__partnership__coordinator", "round__partnership__institution", "organisation"
    ).get(pk=challenge_id)
    return found


def move(
    challenge: Challenge, action: str, *, actor: User, target: str | None = None
) -> Transition:
    """Move a locked challenge along the table and save it.

    A new outcome records decider and time, and it is not told before it is announced; fields that
    the caller changed beforehand are saved with it.

    :raises NotAllowed: when the actor may not take this action.
    :raises WrongState: when the action is not open from the present status.
    """
    transition = TABLE.require(challenge, action, actor=actor, target=target)
    challenge.status = transition.target
    if challenge.told_status == ToldStatus.CONSIDERED and challenge.considered_at is None:
        challenge.considered_at = clock.now()
    if transition.target in OUTCOMES:
        challenge.decided_at = clock.now()
        challenge.decided_by = actor
        challenge.announced_at = None
    challenge.save()
    return transition
