"""When rules fall due, and what the coordinator changes of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from minno_portal import clock
from minno_portal.errors import NotAllowed
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.reminders import DRAFTS, queue_call_reminders
from rounds.planning.models import Round
from rounds.planning.reminding import errors
from rounds.planning.reminding.models import PlannedReminder
from rounds.planning.reminding.plan import Plan, plans_of
from rounds.planning.reminding.rules import Rule, every_rule, rule_called, series
from rounds.planning.reminding.services import move_reminder, reset_reminder, switch_reminder

# A Thursday with working days around it.
CLOSES = clock.helsinki(dt.date(2027, 2, 11), 16)
DAY = dt.timedelta(days=1)
WEEK_RULE, DAY_RULE = DRAFTS


@pytest.fixture
def call_round(call_round: Round) -> Round:
    call_round.call_opens_at, call_round.call_closes_at = CLOSES - 21 * DAY, CLOSES
    call_round.published_at = CLOSES - 21 * DAY
    call_round.save()
    return call_round


@pytest.fixture
def draft(draft: Challenge) -> Challenge:
    Challenge.objects.update(created_at=CLOSES - 20 * DAY)
    return draft


def at(moment: dt.datetime) -> Any:
    return clock.playing_at(moment)


def due_at(moment: dt.datetime, plan: Plan | None = None) -> str | None:
    with at(moment):
        fallen = (plan or Plan()).due(DRAFTS, CLOSES)
    return fallen.rule.name if fallen else None


def test_only_the_newest_is_true_and_none_after_the_deadline() -> None:
    days = [8, 7, 3, 1, 0]
    found = [due_at(CLOSES - each * DAY - dt.timedelta(hours=1)) for each in days]
    # What falls due later on a day is looked at from its morning on.
    assert found == [None, "draft-week", "draft-week", "draft-day", "draft-day"]
    assert due_at(CLOSES) is None


def test_the_next_of_a_series_ends_the_one_before() -> None:
    plan = Plan()
    assert plan.falls(WEEK_RULE, CLOSES).expires_at == plan.falls(DAY_RULE, CLOSES).at
    off = Plan({"draft-day": PlannedReminder(rule="draft-day", is_on=False)})
    assert off.falls(WEEK_RULE, CLOSES).expires_at == CLOSES
    assert due_at(CLOSES - DAY, off) == "draft-week"


def test_before_a_deadline_a_day_off_moves_earlier_and_after_it_later() -> None:
    monday = clock.helsinki(dt.date(2027, 2, 15), 16)
    assert DAY_RULE.moment(monday) == clock.helsinki(dt.date(2027, 2, 12), 16)
    friday = clock.helsinki(dt.date(2027, 2, 12), 16)
    missing = rule_called("participation-missing")
    assert missing is not None
    assert missing.moment(friday) == clock.helsinki(dt.date(2027, 2, 15), 9)


def test_every_rule_has_a_name_and_a_kind_of_its_own_series() -> None:
    names = [rule.name for rule in every_rule()]
    assert len(names) == len(set(names))
    assert all(rule.kind.in_daytime for rule in every_rule())
    with pytest.raises(ValueError, match="draft-week"):
        series(Rule("draft-week", WEEK_RULE.kind, "x", WEEK_RULE.anchor, days=-1))


class TestSwitching:
    def test_off_means_that_nothing_goes(self, draft: Challenge, coordinator: User) -> None:
        pk = draft.round_id
        switch_reminder(pk, rule="draft-week", is_on=False, actor=coordinator)
        with at(CLOSES - 6 * DAY):
            assert queue_call_reminders() == 0
            switch_reminder(pk, rule="draft-week", is_on=True, actor=coordinator)
            assert queue_call_reminders() == 1
        assert not PlannedReminder.objects.exists()

    def test_it_is_written_down(self, call_round: Round, coordinator: User) -> None:
        switch_reminder(call_round.pk, rule="fest-week", is_on=False, actor=coordinator)
        change = PlannedReminder.objects.get()
        assert change.changed_by == coordinator
        assert change.events.count() == 1  # type: ignore[attr-defined]

    def test_others_may_not(
        self, call_round: Round, staff: User, administrator: User, contact: User
    ) -> None:
        for actor in (staff, administrator, contact):
            with pytest.raises(NotAllowed):
                switch_reminder(call_round.pk, rule="fest-week", is_on=False, actor=actor)
            with pytest.raises(NotAllowed):
                reset_reminder(call_round.pk, rule="fest-week", actor=actor)
            with pytest.raises(NotAllowed):
                move_reminder(call_round.pk, rule="fest-week", days=-3, at=dt.time(10), actor=actor)

    def test_an_unknown_rule(self, call_round: Round, coordinator: User) -> None:
        with pytest.raises(errors.UnknownRule):
            switch_reminder(call_round.pk, rule="no-such", is_on=False, actor=coordinator)


class TestMoving:
    def test_it_goes_at_its_own_time_and_moves_with_the_round(
        self, draft: Challenge, coordinator: User
    ) -> None:
        pk = draft.round_id
        with at(CLOSES - 10 * DAY):
            move_reminder(pk, rule="draft-week", days=-3, at=dt.time(10), actor=coordinator)
        plan = plans_of([draft.round])[pk]
        assert plan.falls(WEEK_RULE, CLOSES).at == clock.helsinki(dt.date(2027, 2, 8), 10)
        later = CLOSES + 7 * DAY
        assert plan.falls(WEEK_RULE, later).at == clock.helsinki(dt.date(2027, 2, 15), 10)
        with at(CLOSES - 4 * DAY):
            assert queue_call_reminders() == 0
        with at(clock.helsinki(dt.date(2027, 2, 8), 10)):
            assert queue_call_reminders() == 1

    @pytest.mark.parametrize(
        ("days", "time", "refusal"),
        [
            (-12, dt.time(10), errors.InThePast),
            (0, dt.time(16), errors.TooLate),
            (1, dt.time(9), errors.TooLate),
            (-5, dt.time(10), errors.InQuietHours),
            (-3, dt.time(7, 59), errors.InQuietHours),
            (-3, dt.time(17), errors.InQuietHours),
            (-4000, dt.time(9), errors.TooFar),
            (10**9, dt.time(9), errors.TooFar),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self,
        draft: Challenge,
        coordinator: User,
        days: int,
        time: dt.time,
        refusal: type[Exception],
    ) -> None:
        with at(CLOSES - 10 * DAY), pytest.raises(refusal):
            move_reminder(draft.round_id, rule="draft-week", days=days, at=time, actor=coordinator)
        assert not PlannedReminder.objects.exists()

    def test_not_once_it_has_gone(self, draft: Challenge, coordinator: User) -> None:
        with at(CLOSES - 6 * DAY):
            assert queue_call_reminders() == 1
            with pytest.raises(errors.HasGone):
                move_reminder(
                    draft.round_id,
                    rule="draft-week",
                    days=-3,
                    at=dt.time(10),
                    actor=coordinator,
                )

    def test_back_to_the_default(self, draft: Challenge, coordinator: User) -> None:
        pk = draft.round_id
        with at(CLOSES - 10 * DAY):
            move_reminder(pk, rule="draft-day", days=-2, at=dt.time(10), actor=coordinator)
            reset_reminder(pk, rule="draft-day", actor=coordinator)
        assert not PlannedReminder.objects.exists()
        assert not Letter.objects.exists()

    def test_a_milestone_that_the_round_has_not(self, call_round: Round, coordinator: User) -> None:
        Round.objects.update(midreview_on=None)
        with pytest.raises(errors.NoDate):
            move_reminder(
                call_round.pk, rule="midreview-week", days=-3, at=dt.time(10), actor=coordinator
            )
