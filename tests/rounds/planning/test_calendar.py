from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minno_portal.clock import HELSINKI
from minno_portal.workdays import (
    is_working_day,
    months_after,
    working_day_from,
    working_day_until,
)
from rounds.planning.calendar import (
    FIELDS,
    JULY,
    follow_ups,
    holiday_name,
    holidays_between,
    in_days,
    lay_out,
)
from rounds.planning.calendar_checks import order_errors
from rounds.planning.enums import Form

kickoffs = st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31))
forms = st.sampled_from(Form.values)


@given(forms, kickoffs)
def test_no_date_falls_on_a_day_off(form: str, kickoff: dt.date) -> None:
    assert [
        day
        for day in in_days(lay_out(form, kickoff).as_fields()).values()
        if not is_working_day(day)
    ] == []


@given(forms, kickoffs)
def test_dates_come_in_order(form: str, kickoff: dt.date) -> None:
    calendar = lay_out(form, kickoff)
    assert order_errors(calendar.as_fields()) == {}
    days = list(in_days(calendar.as_fields()).values())
    assert days == sorted(days)
    assert len(set(days)) == len(FIELDS)


@given(forms, kickoffs)
def test_only_a_kickoff_or_a_summer_course_is_in_july(form: str, kickoff: dt.date) -> None:
    days = in_days(lay_out(form, kickoff).as_fields())
    in_july = {name for name, day in days.items() if day.month == JULY}
    held_in_summer = {"contract_on", "midreview_on", "fest_on", "feedback_on", "evaluation_on"}
    assert in_july <= {"kickoff_on"} | (held_in_summer if form == Form.SUMMER else set())


@given(forms, kickoffs)
def test_what_avoids_july_moves_whole_weeks_outwards(form: str, kickoff: dt.date) -> None:
    plain = in_days(lay_out(form, kickoff, through_july=True).as_fields())
    laid = in_days(lay_out(form, kickoff).as_fields())
    for name in FIELDS[: FIELDS.index("kickoff_on")]:
        assert laid[name] <= plain[name]
    for name in FIELDS[FIELDS.index("kickoff_on") :]:
        assert laid[name] >= plain[name]
    if all(day.month != JULY for day in plain.values()):
        assert laid == plain


@given(forms, kickoffs)
def test_the_call_opens_at_nine_and_closes_at_four_in_helsinki(form: str, kickoff: dt.date) -> None:
    calendar = lay_out(form, kickoff)
    assert calendar.call_opens_at.astimezone(HELSINKI).time() == dt.time(9)
    assert calendar.call_closes_at.astimezone(HELSINKI).time() == dt.time(16)


@given(kickoffs)
def test_a_wished_kickoff_moves_only_from_a_day_off(kickoff: dt.date) -> None:
    laid = lay_out("day", kickoff).kickoff_on
    assert (laid == kickoff) is is_working_day(kickoff)
    assert dt.timedelta(0) <= laid - kickoff <= dt.timedelta(days=5)


@given(kickoffs)
def test_evening_and_summer_forms_end_later(kickoff: dt.date) -> None:
    day, evening, summer = (
        lay_out(form, kickoff, through_july=True).fest_on for form in ("day", "evening", "summer")
    )
    assert day < summer < evening


def test_the_picture_of_round_one_2027() -> None:
    calendar = lay_out("day", dt.date(2027, 1, 25))
    assert in_days(calendar.as_fields()) == {
        "call_opens_at": dt.date(2026, 11, 16),
        "call_closes_at": dt.date(2026, 12, 23),  # the 24th and 25th are days off
        "packet_on": dt.date(2026, 12, 31),  # New Year's Day moves it a day earlier
        "decisions_on": dt.date(2027, 1, 7),
        "kickoff_on": dt.date(2027, 1, 25),
        "contract_on": dt.date(2027, 2, 12),
        "midreview_on": dt.date(2027, 2, 17),
        "fest_on": dt.date(2027, 3, 11),
        "feedback_on": dt.date(2027, 3, 19),
        "evaluation_on": dt.date(2027, 4, 9),
    }


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2027, 1, 6),  # Epiphany
        dt.date(2027, 3, 26),  # Good Friday
        dt.date(2027, 5, 6),  # Ascension Day
        dt.date(2027, 6, 25),  # Midsummer Eve
        dt.date(2027, 12, 24),  # Christmas Eve
        dt.date(2027, 12, 6),  # Independence Day
        dt.date(2027, 1, 30),  # a Saturday
    ],
)
def test_days_off(day: dt.date) -> None:
    assert not is_working_day(day)
    assert working_day_until(day) < day < working_day_from(day)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2027, 11, 30), 3, dt.date(2028, 2, 29)),
        (dt.date(2027, 3, 11), 12, dt.date(2028, 3, 11)),
        (dt.date(2026, 6, 15), 6, dt.date(2026, 12, 15)),
    ],
)
def test_months_after(day: dt.date, months: int, expected: dt.date) -> None:
    assert months_after(day, months) == expected


def test_follow_ups_come_on_working_days() -> None:
    assert follow_ups(dt.date(2027, 3, 11)) == (
        dt.date(2027, 6, 11),
        dt.date(2027, 9, 13),  # the 11th is a Saturday
        dt.date(2028, 3, 13),
    )


@pytest.mark.parametrize(
    ("language", "name"),
    [("fi", "Loppiainen"), ("sv", "Trettondag"), ("en", "Epiphany")],
)
def test_holidays_have_names_in_each_language(language: str, name: str) -> None:
    epiphany = dt.date(2027, 1, 6)
    assert holiday_name(epiphany, language) == name
    assert holiday_name(dt.date(2027, 1, 7), language) == ""
    found = holidays_between(dt.date(2026, 12, 27), dt.date(2027, 1, 31), language)
    assert list(found) == [dt.date(2027, 1, 1), epiphany]
    assert found[epiphany] == name
