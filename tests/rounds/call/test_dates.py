"""The line of a round's dates and the calendar file."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation
from icalendar import Calendar

from minno_portal import clock
from rounds.call.dates import calendar_file, line
from rounds.planning.models import Round

DAY = dt.timedelta(days=1)


def states(round_: Round, moment: dt.datetime) -> str:
    with clock.playing_at(moment):
        return " ".join(point.state for point in line(round_))


def test_the_line_while_the_call_is_open(call_round: Round) -> None:
    assert states(call_round, clock.now()) == "done now todo todo todo todo todo"


def test_the_line_before_and_after(call_round: Round) -> None:
    before = call_round.call_opens_at - DAY
    after = clock.helsinki(call_round.evaluation_on + DAY, 9)
    assert states(call_round, before) == "now" + " todo" * 6
    assert states(call_round, after) == " ".join(["done"] * 7)


def test_the_line_turns_at_the_very_deadline(call_round: Round) -> None:
    closes = call_round.call_closes_at
    assert states(call_round, closes - dt.timedelta(seconds=1)).startswith("done now")
    assert states(call_round, closes).startswith("done done now")


def test_a_packet_in_the_week_of_the_deadline_makes_no_backward_range(call_round: Round) -> None:
    call_round.packet_on = call_round.call_closes_at.astimezone(clock.HELSINKI).date()
    with translation.override("fi"):
        selection = line(call_round)[2].when
    assert "–" not in selection


def events(round_: Round) -> dict[str, dict[str, object]]:
    calendar = Calendar.from_ical(calendar_file(round_))
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_the_calendar_has_the_deadline_in_helsinki_time(call_round: Round) -> None:
    found = events(call_round)
    closes = found[f"{call_round.slug}-call-closes-at@127.0.0.1"]
    start = closes["DTSTART"].dt  # type: ignore[attr-defined]
    assert start == call_round.call_closes_at.replace(microsecond=0)
    assert closes["DTSTART"].params["TZID"] == "Europe/Helsinki"  # type: ignore[attr-defined]
    assert b"BEGIN:VTIMEZONE" in calendar_file(call_round)


def test_a_moved_date_keeps_its_identity(call_round: Round) -> None:
    before = events(call_round)
    call_round.fest_on += DAY
    after = events(call_round)
    assert set(before) == set(after)
    fest = f"{call_round.slug}-fest-on@127.0.0.1"
    assert after[fest]["DTSTART"].dt == before[fest]["DTSTART"].dt + DAY  # type: ignore[attr-defined]


def test_no_midreview_no_event(call_round: Round) -> None:
    call_round.midreview_on = None
    assert not any("midreview" in uid for uid in events(call_round))


@pytest.mark.parametrize(("language", "start"), [("fi", "/rounds/"), ("sv", "/sv/rounds/")])
def test_events_lead_to_the_page_in_the_reader_s_language(
    call_round: Round, language: str, start: str
) -> None:
    with translation.override(language):
        found = next(iter(events(call_round).values()))
    assert f"{start}{call_round.slug}/" in str(found["URL"])
