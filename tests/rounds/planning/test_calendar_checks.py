from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from minno_portal.clock import helsinki
from rounds.planning.calendar import FIELDS, lay_out
from rounds.planning.calendar_checks import order_errors, warnings_about


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def dates(**changes: Any) -> dict[str, Any]:
    return lay_out("day", dt.date(2027, 2, 8)).as_fields() | changes


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("call_closes_at", helsinki(dt.date(2026, 11, 1), 16)),
        ("packet_on", dt.date(2026, 12, 1)),
        ("decisions_on", dt.date(2027, 1, 1)),
        ("kickoff_on", dt.date(2027, 1, 1)),
        ("contract_on", dt.date(2027, 2, 7)),
        ("midreview_on", dt.date(2027, 2, 8)),
        ("midreview_on", dt.date(2027, 3, 25)),
        ("fest_on", dt.date(2027, 2, 9)),
        ("feedback_on", dt.date(2027, 3, 1)),
        ("evaluation_on", dt.date(2027, 3, 1)),
    ],
)
def test_a_crossing_date_is_named_at_its_field(field: str, value: Any) -> None:
    assert field in order_errors(dates(**{field: value}))


def test_the_sentence_names_the_other_date() -> None:
    errors = order_errors(dates(decisions_on=dt.date(2027, 1, 1)))
    assert "Packet to the institution by" in errors["decisions_on"]


def test_the_midreview_may_be_left_out_and_nothing_else() -> None:
    assert order_errors(dates(midreview_on=None)) == {}
    for field in set(FIELDS) - {"midreview_on"}:
        assert field in order_errors(dates(**{field: None}))


@pytest.mark.parametrize("year", [1, 1999, 2102, 9999])
def test_years_out_of_reach(year: int) -> None:
    assert "evaluation_on" in order_errors(dates(evaluation_on=dt.date(year, 5, 5)))


def test_nothing_to_warn_about() -> None:
    assert warnings_about(lay_out("day", dt.date(2027, 10, 25)).as_fields()) == []


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (dt.date(2027, 7, 1), "July"),
        (dt.date(2026, 12, 31), "Christmas"),
        (dt.date(2027, 1, 4), "Christmas"),
        (dt.date(2027, 3, 26), "holiday"),
        (dt.date(2027, 3, 27), "weekend"),
    ],
)
def test_warnings_name_the_date(day: dt.date, word: str) -> None:
    (sentence,) = warnings_about({"packet_on": day})
    assert word in sentence
    assert sentence.startswith("Packet to the institution by")
