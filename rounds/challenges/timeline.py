"""What happened to a challenge, and what happens next and when, as its association may know it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round


@dataclass(frozen=True, slots=True)
class Step:
    """One line: what, when, and whether it is done, now or to come."""

    label: str | Promise
    when: dt.datetime | dt.date | None
    state: str
    detail: str | Promise = ""
    is_deadline: bool = False

    @property
    def is_moment(self) -> bool:
        """Whether `when` has a time of day."""
        return isinstance(self.when, dt.datetime)


def timeline(
    challenge: Challenge,
    round_: Round,
    now: dt.datetime,
    happened: Sequence[Step] = (),
    told_at: dt.datetime | None = None,
) -> list[Step]:
    """Return the steps in order; nothing of a decision shows before it is told.

    :param challenge: with `closes_at` annotated where its association may have a later deadline.
    :param now: the present moment: after the deadline a draft's way ends.
    :param happened: what else has happened since it was submitted.
    :param told_at: when the decision that the association knows was told, or when it withdrew,
        where that is shown.
    """
    told = challenge.told_status
    steps = [Step(_("Begun"), challenge.created_at, "done")]
    if challenge.submitted_at:
        steps += [Step(_("Submitted"), challenge.submitted_at, "done"), *happened]
    if told == Status.WITHDRAWN:
        return [*steps, Step(_("Withdrawn"), told_at, "done")]
    if told == Status.DRAFT:
        closes_at = getattr(challenge, "closes_at", round_.call_closes_at)
        steps.append(_submit_step(closes_at, now))
        if now >= closes_at:
            return steps
    if told == Status.NEEDS_COMPLETION:
        steps.append(_completion_step(challenge, now))
    return steps + _steps_of_round(told, round_, told_at)


def _submit_step(closes_at: dt.datetime, now: dt.datetime) -> Step:
    if now >= closes_at:
        return Step(
            _("The call has closed"),
            closes_at,
            "done",
            _("The challenge was not submitted. Your text is kept as a draft."),
        )
    return Step(
        _("Finish the draft and submit it"),
        closes_at,
        "now",
        _("What you have saved is kept. You can stop and go on later."),
        is_deadline=True,
    )


def _completion_step(challenge: Challenge, now: dt.datetime) -> Step:
    due_at = challenge.completion_due_at
    if due_at and now >= due_at:
        detail = _("The time has passed. Ask the coordinator for more time if you need it.")
    else:
        detail = _("The coordinator has asked you to complete the text. Then submit it again.")
    return Step(_("Complete the challenge"), due_at, "now", detail, is_deadline=True)


def _steps_of_round(told: str, round_: Round, told_at: dt.datetime | None) -> list[Step]:
    if told in _OUTCOMES:
        label, detail = _OUTCOMES[Status(told)]
        outcome = Step(label, told_at, "done", detail)
        if told == Status.NOT_SELECTED:
            return [outcome]
        if told == Status.RESERVE:
            return [_as(outcome, "now")]
        return [outcome, *_steps_of_project(told, round_)]
    is_read = told not in (Status.DRAFT, Status.NEEDS_COMPLETION)
    return [
        Step(
            _("The coordinator and the educational institution consider the challenges"),
            None,
            "now" if is_read else "todo",
            _("You get a comment if something should be made clearer.") if is_read else "",
        ),
        Step(_("Decisions are told by"), round_.decisions_on, "todo"),
        Step(_("Kick-off of the projects"), round_.kickoff_on, "todo"),
    ]


def _steps_of_project(told: str, round_: Round) -> list[Step]:
    kickoff, fest = {
        Status.CONFIRMED: ("now", "todo"),
        Status.RUNNING: ("done", "now"),
        Status.COMPLETED: ("done", "done"),
    }[Status(told)]
    return [
        Step(_("Kick-off of the projects"), round_.kickoff_on, kickoff),
        Step(_("MINNO-fest, where the teams show their results"), round_.fest_on, fest),
    ]


def _as(step: Step, state: str) -> Step:
    return Step(step.label, step.when, state, step.detail)


_CHOSEN: tuple[str | Promise, str | Promise] = (_("Your challenge was chosen"), "")
_OUTCOMES: dict[Status, tuple[str | Promise, str | Promise]] = {
    Status.CONFIRMED: _CHOSEN,
    Status.RUNNING: _CHOSEN,
    Status.COMPLETED: _CHOSEN,
    Status.RESERVE: (
        _("Your challenge is in reserve"),
        _("You are told at once if a place becomes free."),
    ),
    Status.NOT_SELECTED: (
        _("Your challenge was not chosen this time"),
        _("You can read the reason on this page. You are welcome to try again."),
    ),
}


def next_step(challenge: Challenge, round_: Round, now: dt.datetime) -> Step | None:
    """Return the step that is under way, or None when nothing more happens."""
    return next((step for step in timeline(challenge, round_, now) if step.state == "now"), None)
