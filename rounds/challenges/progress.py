"""How far a draft is: the list of sections, the missing points and, after the deadline, its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from minno_portal import clock, dates
from rounds.challenges.content import missing_points, snapshot
from rounds.challenges.enums import Status
from rounds.challenges.errors import Missing
from rounds.challenges.helping.late import closes_at
from rounds.challenges.models import Challenge
from rounds.challenges.sections import CHECK, CHECK_TITLE, Text, form_of


@dataclass(frozen=True, slots=True)
class SectionStep:
    """One line of the list of sections; `state` is done, now or todo."""

    key: str
    title: Text
    state: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class MissingHere:
    """A missing point and the address of its field."""

    sentence: Text
    url: str


def progress(
    challenge: Challenge, here: str, *, missing: Sequence[Missing] | None = None
) -> list[SectionStep]:
    """Return the sections in order, and the check at the end.

    A section without anything needed counts as done when all the others are.
    """
    if missing is None:
        missing = missing_points(snapshot(challenge), challenge.round)
    unfinished = {point.section for point in missing}
    steps = []
    for section in form_of(challenge.round).sections:
        needs = any(question.is_required for question in section.questions)
        done = section.key not in unfinished if needs else not unfinished
        state = "now" if section.key == here else "done" if done else "todo"
        steps.append(SectionStep(section.key, section.title, state, done))
    steps.append(SectionStep(CHECK, CHECK_TITLE, "now" if here == CHECK else "todo", False))
    return steps


def missing_here(missing: Sequence[Missing], pk: int) -> list[MissingHere]:
    """Return the missing points with links to their fields."""
    return [
        MissingHere(
            point.sentence,
            f"{reverse('challenge-edit', args=[pk, point.section])}#div_id_{point.field}",
        )
        for point in missing
    ]


def is_over(challenge: Challenge, now: dt.datetime) -> bool:
    """Tell whether the text can no longer be submitted, though it can still be written."""
    if challenge.status == Status.NEEDS_COMPLETION:
        return challenge.completion_due_at is not None and now >= challenge.completion_due_at
    if challenge.status != Status.DRAFT or now < challenge.round.call_closes_at:
        return False
    return now >= closes_at(challenge.round, challenge.organisation_id)


def when_saved(challenge: Challenge) -> str:
    """Return the time of the last saving as people say it: today's by the clock alone."""
    if dates.local(challenge.saved_at) == clock.today():
        return dates.clock_time(challenge.saved_at)
    return dates.moment(challenge.saved_at)
