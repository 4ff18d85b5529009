"""What happened and what happens next, without telling too early."""

from __future__ import annotations

import datetime as dt

import pytest

from minno_portal import clock
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.timeline import next_step, timeline

HOUR = dt.timedelta(hours=1)


def states(challenge: Challenge, now: dt.datetime | None = None) -> list[str]:
    return [step.state for step in timeline(challenge, challenge.round, now or clock.now())]


def test_a_draft_waits_for_its_deadline(draft: Challenge) -> None:
    step = next_step(draft, draft.round, clock.now())
    assert step is not None
    assert (step.when, step.is_deadline) == (draft.round.call_closes_at, True)
    assert states(draft) == ["done", "now", "todo", "todo", "todo"]


def test_after_the_deadline_a_drafts_way_ends(draft: Challenge) -> None:
    late = draft.round.call_closes_at + HOUR
    assert states(draft, late) == ["done", "done"]
    assert next_step(draft, draft.round, late) is None


def test_a_completion_has_its_own_deadline(asked: Challenge) -> None:
    step = next_step(asked, asked.round, clock.now())
    assert step is not None
    assert step.when == asked.completion_due_at
    assert states(asked) == ["done", "done", "now", "todo", "todo", "todo"]


@pytest.mark.parametrize(
    "status", [Status.PROPOSED, Status.CONFIRMED, Status.RESERVE, Status.NOT_SELECTED]
)
def test_an_untold_decision_looks_like_being_considered(
    submitted: Challenge, status: Status
) -> None:
    now = clock.now()
    considered = timeline(submitted, submitted.round, now)
    submitted.status = status
    assert timeline(submitted, submitted.round, now) == considered


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.CONFIRMED, ["done", "done", "done", "now", "todo"]),
        (Status.RUNNING, ["done", "done", "done", "done", "now"]),
        (Status.COMPLETED, ["done", "done", "done", "done", "done"]),
        (Status.RESERVE, ["done", "done", "now"]),
        (Status.NOT_SELECTED, ["done", "done", "done"]),
        (Status.WITHDRAWN, ["done", "done", "done"]),
    ],
)
def test_a_told_decision(submitted: Challenge, status: Status, expected: list[str]) -> None:
    submitted.status, submitted.announced_at = status, clock.now()
    assert states(submitted) == expected


def test_a_withdrawn_draft_has_nothing_ahead(draft: Challenge, contact: User) -> None:
    draft.status = Status.WITHDRAWN
    assert states(draft) == ["done", "done"]
