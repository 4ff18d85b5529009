from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minno_portal import clock
from rounds.planning.calendar import lay_out
from rounds.planning.date_rows import follow_up_rows, notes_about, rows_of, weeks_from
from rounds.planning.drawing import LEFT, RIGHT, ROOM, draw_line, spread
from rounds.planning.enums import Form

KICKOFF = dt.date(2027, 1, 25)
kickoffs = st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31))


@given(st.sampled_from(Form.values), kickoffs)
def test_every_date_is_drawn_once_inside_the_picture(form: str, kickoff: dt.date) -> None:
    root = ET.fromstring(draw_line(lay_out(form, kickoff).as_fields()))
    dots = [node for node in root.iter() if (node.get("class") or "").startswith("dot ")]
    places = [float(node.get("cx") or 0) for node in dots]
    assert len(places) == 13
    assert places == sorted(places)
    assert min(places) >= LEFT
    assert max(places) <= RIGHT
    assert all(b - a >= ROOM - 0.2 for a, b in pairwise(places))
    assert root.get("role") == "img"
    assert root.get("aria-label")


@given(st.lists(st.floats(LEFT, RIGHT), max_size=20).map(sorted))
def test_dots_never_cover_each_other(places: list[float]) -> None:
    found = spread(places)
    assert len(found) == len(places)
    assert all(b - a >= ROOM - 0.001 for a, b in pairwise(found))


def test_july_holidays_and_today_are_on_the_ground() -> None:
    with clock.playing_at(clock.helsinki(dt.date(2027, 6, 21), 12)):
        drawing = draw_line(lay_out("summer", dt.date(2027, 6, 7)).as_fields())
    assert len(re.findall('class="july"', drawing)) == 1
    assert "Juhannusaatto" in drawing
    assert 'class="today"' in drawing


@pytest.mark.parametrize("fest", [dt.date(2027, 1, 1), dt.date(2090, 1, 1)])
def test_dates_that_cross_or_lie_far_away_are_drawn_all_the_same(fest: dt.date) -> None:
    values = lay_out("day", KICKOFF).as_fields() | {"fest_on": fest, "midreview_on": None}
    assert draw_line(values).count('class="dot ') == 12


# --- The same in words ------------------------------------------------------------------------


def test_rows_say_weekday_weeks_and_what_to_notice() -> None:
    rows = {row.field: row for row in rows_of(lay_out("day", KICKOFF).as_fields())}
    assert (
        rows["call_closes_at"].when == "ke\N{NO-BREAK SPACE}23.12.2026 klo\N{NO-BREAK SPACE}16.00"
    )
    assert (rows["call_opens_at"].weeks, rows["kickoff_on"].weeks) == ("T−10", "T")
    assert rows["evaluation_on"].weeks == "T+10"
    assert rows["packet_on"].notes  # the Christmas weeks
    assert rows["fest_on"].notes == ()
    assert [row.number for row in rows.values()] == list(range(1, 11))


def test_a_crossing_date_is_named_in_its_row() -> None:
    values = lay_out("day", KICKOFF).as_fields() | {"fest_on": dt.date(2027, 1, 1)}
    rows = {row.field: row for row in rows_of(values)}
    assert rows["fest_on"].error
    assert not rows["packet_on"].error


def test_impossible_years_are_left_out() -> None:
    values = lay_out("day", KICKOFF).as_fields() | {"fest_on": dt.date(9999, 1, 1)}
    assert "fest_on" not in {row.field for row in rows_of(values)}


def test_follow_ups_have_rows_of_their_own() -> None:
    rows = follow_up_rows(dt.date(2027, 3, 11), KICKOFF)
    assert [row.number for row in rows] == [11, 12, 13]
    assert [row.day.month for row in rows] == [6, 9, 3]


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (dt.date(2027, 1, 25), 0),
        (dt.date(2027, 1, 6), 1),  # Epiphany
        (dt.date(2027, 1, 30), 1),  # a Saturday
        (dt.date(2027, 7, 1), 1),
        (dt.date(2027, 7, 3), 2),  # a Saturday in July
        (dt.date(2027, 12, 28), 1),  # the Christmas weeks
    ],
)
def test_notes(day: dt.date, count: int) -> None:
    assert len(list(notes_about(day))) == count


@given(kickoffs, kickoffs)
def test_weeks_are_counted_from_monday_to_monday(kickoff: dt.date, day: dt.date) -> None:
    text = weeks_from(kickoff, day)
    weeks = int(text[1:].replace("−", "-") or 0)
    assert abs((day - kickoff).days - 7 * weeks) < 7
