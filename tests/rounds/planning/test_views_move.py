from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock, dates
from organisations.models import User
from rounds.planning.calendar import FIELDS, lay_out
from rounds.planning.models import Round
from rounds.planning.services import publish_round
from tests.rounds.planning.conftest import BEFORE, KICKOFF

NEW = dt.date(2027, 2, 8)
OTHERS = [name for name in FIELDS if name != "kickoff_on"]


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def url(planned_round: Round) -> str:
    return reverse("round-move", args=(planned_round.slug,))


def going(response: Any) -> dict[str, bool]:
    return {line["move"].field: line["goes"] for line in response.context["moves"]}


def test_what_moves_is_shown_and_nothing_saved(
    signed_in: Client, planned_round: Round, url: str
) -> None:
    with clock.playing_at(BEFORE):
        page = signed_in.get(url, {"kickoff_on": NEW.isoformat()})
    assert all(going(page).values())
    assert page.content.decode().count('name="moving"') == len(OTHERS)
    assert "25.3.2027" in page.content.decode()
    planned_round.refresh_from_db()
    assert planned_round.kickoff_on == KICKOFF


def test_before_a_day_is_chosen_nothing_is_compared(signed_in: Client, url: str) -> None:
    page = signed_in.get(url)
    assert "moves" not in page.context
    # The line is drawn as it is, and the present day is told.
    assert "whole-line" in page.content.decode()
    assert dates.weekday_day(KICKOFF) in page.content.decode()


def test_as_one_chooses_a_day(signed_in: Client, url: str) -> None:
    part = signed_in.get(
        url, {"kickoff_on": NEW.isoformat()}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in part
    assert "<table" in part


def test_moving_what_is_ticked(signed_in: Client, planned_round: Round, url: str) -> None:
    sent = {"kickoff_on": NEW.isoformat(), "moving": OTHERS}
    with clock.playing_at(BEFORE):
        response = signed_in.post(url, sent)
    assert response["Location"] == reverse("round-calendar", args=(planned_round.slug,))
    planned_round.refresh_from_db()
    after = {name: getattr(planned_round, name) for name in FIELDS}
    assert after == lay_out("day", NEW).as_fields()


def test_checking_what_is_ticked_saves_nothing(
    signed_in: Client, planned_round: Round, url: str
) -> None:
    sent = {"kickoff_on": "2027-05-03", "moving": ["fest_on"], "show": "1"}
    with clock.playing_at(BEFORE):
        page = signed_in.post(url, sent)
    assert [name for name, goes in going(page).items() if goes] == ["kickoff_on", "fest_on"]
    assert {row.field for row in page.context["crossing"]} >= {"contract_on", "feedback_on"}
    refused = signed_in.post(url, {"kickoff_on": "2027-05-03", "moving": ["fest_on"]})
    assert refused.context["form"].non_field_errors()
    planned_round.refresh_from_db()
    assert planned_round.kickoff_on == KICKOFF


def test_in_an_open_call_the_opening_stays(
    signed_in: Client, planned_round: Round, coordinator: User, url: str
) -> None:
    with clock.playing_at(BEFORE):
        publish_round(planned_round.pk, actor=coordinator)
    with clock.playing_at(planned_round.call_opens_at + dt.timedelta(days=3)):
        page = signed_in.get(url, {"kickoff_on": NEW.isoformat()})
        assert going(page)["call_opens_at"] is False
        assert going(page)["call_closes_at"] is True
        earlier = signed_in.get(url, {"kickoff_on": "2027-01-18"})
        assert going(earlier)["call_closes_at"] is False
        tricked = signed_in.post(url, {"kickoff_on": NEW.isoformat(), "moving": OTHERS})
    assert tricked.context["form"].non_field_errors()


@pytest.mark.parametrize(
    "kickoff", ["", "2027-01-30", "0001-01-01", "9999-12-31", "kohta", "\x00", "2027-13-01"]
)
def test_a_wrong_day_is_named(
    signed_in: Client, planned_round: Round, url: str, kickoff: str
) -> None:
    for page in (
        signed_in.get(url, {"kickoff_on": kickoff}),
        signed_in.post(url, {"kickoff_on": kickoff, "moving": OTHERS}),
    ):
        assert page.status_code == 200
        assert "kickoff_on" in page.context["form"].errors


@pytest.mark.parametrize("kickoff", ["2030-01-07", "2001-01-08"])
def test_a_day_far_from_the_code(
    signed_in: Client, planned_round: Round, url: str, kickoff: str
) -> None:
    assert signed_in.get(url, {"kickoff_on": kickoff}).status_code == 200
    page = signed_in.post(url, {"kickoff_on": kickoff, "moving": OTHERS})
    assert "kickoff_on" in page.context["form"].errors


@pytest.mark.parametrize("moving", ["year", "\x00", "x" * 10_000])
def test_what_is_no_date_is_refused(
    signed_in: Client, planned_round: Round, url: str, moving: str
) -> None:
    page = signed_in.post(url, {"kickoff_on": NEW.isoformat(), "moving": [moving]})
    assert page.status_code == 200
    planned_round.refresh_from_db()
    assert planned_round.kickoff_on == KICKOFF


def test_the_page_asks_five_times(
    signed_in: Client, url: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        signed_in.get(url, {"kickoff_on": NEW.isoformat()})
