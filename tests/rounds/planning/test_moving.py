from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused
from minno_portal.workdays import is_working_day
from organisations.models import User
from rounds.planning.calendar import FIELDS, JULY, in_days, lay_out
from rounds.planning.calendar_checks import CalendarRefused, order_errors
from rounds.planning.enums import Form
from rounds.planning.models import Round
from rounds.planning.moving import dates_after, moves_of
from rounds.planning.services import move_kickoff, publish_round, update_calendar
from rounds.planning.upkeep import archive_round
from tests.rounds.planning.conftest import BEFORE, KICKOFF

kickoffs = st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31))
forms = st.sampled_from(Form.values)
nudges = st.lists(st.integers(-2, 2), min_size=len(FIELDS), max_size=len(FIELDS))
ALL = set(FIELDS)


def laid(form: str, kickoff: dt.date, **fields: Any) -> Round:
    """Return a round that only the memory knows."""
    return Round(form=form, **(lay_out(form, kickoff).as_fields() | fields))


def moved(round_: Round, kickoff: dt.date, moving: set[str] = ALL) -> dict[str, Any]:
    return dates_after(round_, moves_of(round_, kickoff), moving)


@given(forms, kickoffs, kickoffs)
def test_an_untouched_round_goes_where_the_plan_puts_it(
    form: str, old: dt.date, new: dt.date
) -> None:
    assert moved(laid(form, old), new) == lay_out(form, new).as_fields()


@given(forms, kickoffs, kickoffs)
def test_there_and_back_is_where_it_was(form: str, old: dt.date, new: dt.date) -> None:
    first = laid(form, old)
    there = Round(form=form, **moved(first, new))
    assert moved(there, first.kickoff_on) == {name: getattr(first, name) for name in FIELDS}


@given(forms, kickoffs, kickoffs, nudges)
def test_no_day_goes_to_a_day_off(form: str, old: dt.date, new: dt.date, shifts: list[int]) -> None:
    plan = lay_out(form, old).as_fields()
    own = {
        name: value + dt.timedelta(days=shift)
        for (name, value), shift in zip(plan.items(), shifts, strict=True)
        if name != "kickoff_on"
    }
    days = in_days(moved(laid(form, old, **own), new))
    assert all(is_working_day(day) for day in days.values())


@given(st.sampled_from(["day", "evening"]), kickoffs, kickoffs)
def test_july_is_avoided(form: str, old: dt.date, new: dt.date) -> None:
    days = in_days(moved(laid(form, old), new))
    assert {name for name, day in days.items() if day.month == JULY} <= {"kickoff_on"}


@given(forms, kickoffs, kickoffs, st.integers(-60, 200))
def test_what_has_been_stays(form: str, old: dt.date, new: dt.date, days: int) -> None:
    round_ = laid(form, old)
    now = round_.call_opens_at + dt.timedelta(days=days, hours=2)
    round_.published_at = round_.call_opens_at - dt.timedelta(days=70)
    with clock.playing_at(now):
        moves = {move.field: move for move in moves_of(round_, new)}
        today = clock.today()
    for name, move in moves.items():
        day = getattr(round_, name)
        passed = day <= now if isinstance(day, dt.datetime) else day < today
        if passed:
            assert move.stays
            assert move.new == move.old
            assert not move.is_advised
    if round_.call_opens_at <= now:
        assert moves["call_opens_at"].new == round_.call_opens_at
        assert moves["call_closes_at"].new >= round_.call_closes_at


def test_the_time_of_the_clock_goes_along_over_a_change_of_clocks() -> None:
    round_ = laid("day", KICKOFF, call_closes_at=clock.helsinki(dt.date(2026, 12, 23), 12, 30))
    after = moved(round_, dt.date(2027, 5, 24))
    assert after["call_closes_at"].astimezone(clock.HELSINKI).time() == dt.time(12, 30)


def test_a_kickoff_on_a_day_off_goes_to_the_next_working_day() -> None:
    assert moved(laid("day", KICKOFF), dt.date(2027, 1, 30))["kickoff_on"] == dt.date(2027, 2, 1)


# --- The service ------------------------------------------------------------------------------


def test_moving_everything(planned_round: Round, coordinator: User) -> None:
    new = dt.date(2027, 2, 8)
    after = move_kickoff(planned_round.pk, kickoff_on=new, moving=ALL, actor=coordinator)
    after.refresh_from_db()
    assert {name: getattr(after, name) for name in FIELDS} == lay_out("day", new).as_fields()


def test_what_is_not_named_stays(planned_round: Round, coordinator: User) -> None:
    after = move_kickoff(
        planned_round.pk,
        kickoff_on=dt.date(2027, 1, 27),
        moving=["contract_on"],
        actor=coordinator,
    )
    changed = {n for n in FIELDS if getattr(after, n) != getattr(planned_round, n)}
    assert changed == {"kickoff_on"}  # in the same week the contract's day is the same
    assert after.kickoff_on == dt.date(2027, 1, 27)


def test_dates_that_would_cross_are_refused(planned_round: Round, coordinator: User) -> None:
    with pytest.raises(CalendarRefused) as refused:
        move_kickoff(planned_round.pk, kickoff_on=dt.date(2027, 5, 3), moving=[], actor=coordinator)
    assert "contract_on" in refused.value.errors
    planned_round.refresh_from_db()
    assert planned_round.kickoff_on == KICKOFF


def test_a_date_that_has_been_cannot_be_named(planned_round: Round, coordinator: User) -> None:
    with clock.playing_at(BEFORE):
        publish_round(planned_round.pk, actor=coordinator)
    with (
        clock.playing_at(planned_round.call_closes_at + dt.timedelta(days=1)),
        pytest.raises(CalendarRefused) as refused,
    ):
        move_kickoff(
            planned_round.pk, kickoff_on=dt.date(2027, 2, 8), moving=ALL, actor=coordinator
        )
    assert set(refused.value.errors) == {"call_opens_at", "call_closes_at"}


@pytest.mark.parametrize("kickoff", [dt.date(2030, 1, 7), dt.date(2001, 1, 8)])
def test_a_kickoff_far_from_the_code_is_refused(
    planned_round: Round, coordinator: User, kickoff: dt.date
) -> None:
    with pytest.raises(Refused):
        move_kickoff(planned_round.pk, kickoff_on=kickoff, moving=ALL, actor=coordinator)


@pytest.mark.parametrize("who", ["staff", "administrator", "contact", "other_coordinator"])
def test_only_the_coordinator_moves(
    planned_round: Round, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        move_kickoff(
            planned_round.pk, kickoff_on=KICKOFF, moving=[], actor=request.getfixturevalue(who)
        )


def test_what_is_no_date_is_a_mistake_of_the_caller(
    planned_round: Round, coordinator: User
) -> None:
    with pytest.raises(TypeError):
        move_kickoff(planned_round.pk, kickoff_on=KICKOFF, moving=["year"], actor=coordinator)


def test_nothing_moves_in_the_archive(planned_round: Round, coordinator: User) -> None:
    archive_round(planned_round.pk, actor=coordinator)
    with pytest.raises(Refused):
        move_kickoff(planned_round.pk, kickoff_on=KICKOFF, moving=[], actor=coordinator)
    with pytest.raises(Refused):
        update_calendar(planned_round.pk, actor=coordinator, fest_on=dt.date(2027, 3, 12))


@given(
    st.dates(dt.date(2026, 1, 2), dt.date(2028, 12, 29)),
    st.sets(st.sampled_from(FIELDS)),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_databases_rules_are_never_met(
    planned_round: Round, coordinator: User, kickoff: dt.date, moving: set[str]
) -> None:
    """Whatever is asked, the dates stay in order or a sentence says why not: no broken row."""
    with suppress(CalendarRefused):
        move_kickoff(planned_round.pk, kickoff_on=kickoff, moving=moving, actor=coordinator)
    planned_round.refresh_from_db()
    assert order_errors({name: getattr(planned_round, name) for name in FIELDS}) == {}
