from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from minno_portal import clock
from organisations.models import User
from rounds.planning.models import Round, WorkLog
from rounds.planning.pages import fetch_phases, phase_strip, round_context
from tests.rounds.planning.conftest import BEFORE, MakeRound


def test_one_query_or_none(
    planned_round: Round, coordinator: User, django_assert_num_queries: Any
) -> None:
    coordinator.ties  # noqa: B018 (asked once a request)
    plain, fetched = (Round.objects.select_related("partnership").get() for _ in range(2))
    fetch_phases([fetched])
    for round_, queries in ((plain, 1), (fetched, 0)):
        with django_assert_num_queries(queries):
            context = round_context(round_, coordinator, tab="work")
        assert context["estimated_days"] == Decimal("9.0")


def test_both_ways_give_the_same_strip(planned_round: Round, coordinator: User) -> None:
    phase = planned_round.phases.get(key="shaping")
    for days in ("0.25", "1.05"):
        WorkLog.objects.create(phase=phase, user=coordinator, done_on=clock.today(), days=days)
    plain, fetched = Round.objects.get(), Round.objects.get()
    fetch_phases([fetched])
    assert phase_strip(plain) == phase_strip(fetched)
    step = phase_strip(fetched)[3]
    assert (step.number, step.estimated, step.logged) == (4, Decimal("1.0"), Decimal("1.30"))
    assert phase_strip(fetched)[8].estimated is None


def test_the_phases_of_many_rounds_are_one_query(
    make_round: MakeRound, django_assert_num_queries: Any
) -> None:
    with clock.playing_at(BEFORE):
        rounds = [make_round(number) for number in (1, 2)]
    with django_assert_num_queries(1):
        fetch_phases(rounds)
        strips = [phase_strip(round_) for round_ in rounds]
    assert [len(strip) for strip in strips] == [10, 10]
    with django_assert_num_queries(0):
        fetch_phases(rounds)


@pytest.mark.parametrize(
    ("field", "offset", "number"),
    [
        ("call_opens_at", -1, 2),
        ("call_opens_at", 0, 4),
        ("call_closes_at", 1, 5),
        ("kickoff_on", 0, 6),
        ("fest_on", 0, 7),
        ("fest_on", 1, 8),
        ("feedback_on", 1, 10),
    ],
)
def test_the_strip_follows_the_calendar(
    planned_round: Round, field: str, offset: int, number: int
) -> None:
    planned_round.published_at = BEFORE
    value = getattr(planned_round, field)
    day = value.date() if isinstance(value, dt.datetime) else value
    with clock.playing_at(clock.helsinki(day + dt.timedelta(days=offset), 12)):
        states = [step.state for step in phase_strip(planned_round)]
    assert states == ["done"] * (number - 1) + ["now"] + ["todo"] * (10 - number)


def test_everybody_gets_the_tabs_they_may_open(
    planned_round: Round, coordinator: User, staff: User
) -> None:
    context = round_context(planned_round, coordinator, tab="calendar", counts={"challenges": 7})
    tabs = {tab.key: tab for tab in context["tabs"]}
    assert [tab.key for tab in context["tabs"] if tab.is_current] == ["calendar"]
    assert tabs["calendar"].url == "/manage/rounds/minno-1-2027/calendar/"
    assert tabs["calendar"].count is None
    assert (context["can_plan"], context["can_log_work"]) == (True, True)
    for_staff = round_context(planned_round, staff, tab="overview")
    keys = {tab.key for tab in for_staff["tabs"]}
    assert keys.isdisjoint({"letters", "work"})
    # The kit is a page under the letters for whoever may see those.
    assert "kit" in keys
    assert "kit" not in tabs
    assert {"overview", "calendar"} <= keys
    assert (for_staff["can_plan"], for_staff["can_log_work"]) == (False, False)
