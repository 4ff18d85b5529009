from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.planning.calendar import FIELDS
from rounds.planning.models import Round
from tests.rounds.planning.conftest import BEFORE


def typed(round_: Round, **changes: str) -> dict[str, str]:
    """Return what the form would send for the round's dates."""
    values = {}
    for name in FIELDS:
        value = getattr(round_, name)
        if isinstance(value, dt.datetime):
            values[name] = value.astimezone(clock.HELSINKI).strftime("%Y-%m-%dT%H:%M")
        else:
            values[name] = value.isoformat()
    return values | changes


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def test_saving_every_date(signed_in: Client, planned_round: Round) -> None:
    url = reverse("round-calendar", args=(planned_round.slug,))
    with clock.playing_at(BEFORE):
        response = signed_in.post(
            url,
            typed(
                planned_round,
                call_closes_at="2026-12-18T15:30",
                fest_on="12.3.2027",
                midreview_on="",
            ),
        )
    assert response.status_code == 302
    planned_round.refresh_from_db()
    assert planned_round.call_closes_at == clock.helsinki(dt.date(2026, 12, 18), 15, 30)
    assert planned_round.fest_on == dt.date(2027, 3, 12)
    assert planned_round.midreview_on is None


def test_the_whole_line_is_shown(signed_in: Client, planned_round: Round) -> None:
    with clock.playing_at(planned_round.call_opens_at):
        response = signed_in.get(reverse("round-calendar", args=(planned_round.slug,)))
    stops = response.context["stops"]
    assert [stop.field for stop in stops] == list(FIELDS)
    assert [stop.state for stop in stops[:3]] == ["done", "now", "todo"]
    assert response.context["warnings"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("decisions_on", "2026-12-01"),
        ("call_closes_at", "2026-11-01T16:00"),
        ("fest_on", ""),
        ("fest_on", "0001-01-01"),
        ("evaluation_on", "9999-12-31"),
        ("call_opens_at", "0001-01-01T00:00"),
        ("call_closes_at", "9999-12-31T23:59"),
        ("call_opens_at", "\x00"),
        ("midreview_on", "2027-01-25"),
    ],
)
def test_wrong_dates_are_named_at_the_field(
    signed_in: Client, planned_round: Round, field: str, value: str
) -> None:
    url = reverse("round-calendar", args=(planned_round.slug,))
    response = signed_in.post(url, typed(planned_round, **{field: value}))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert value.replace("\x00", "") in response.content.decode()


def test_an_open_calls_deadline_is_extended(signed_in: Client, call_round: Round) -> None:
    url = reverse("round-calendar", args=(call_round.slug,))
    opened = call_round.call_opens_at
    later = call_round.call_closes_at.astimezone(clock.HELSINKI) + dt.timedelta(days=2)
    as_typed = later.strftime("%Y-%m-%dT%H:%M")
    response = signed_in.post(url, typed(call_round, call_closes_at=as_typed))
    assert response.status_code == 302
    call_round.refresh_from_db()
    assert (
        call_round.call_closes_at.astimezone(clock.HELSINKI).strftime("%Y-%m-%dT%H:%M") == as_typed
    )
    assert call_round.call_opens_at == opened


def test_an_open_call_is_not_shortened(signed_in: Client, call_round: Round) -> None:
    url = reverse("round-calendar", args=(call_round.slug,))
    earlier = call_round.call_closes_at.astimezone(clock.HELSINKI) - dt.timedelta(days=2)
    response = signed_in.post(
        url, typed(call_round, call_closes_at=earlier.strftime("%Y-%m-%dT%H:%M"))
    )
    assert set(response.context["form"].errors) == {"call_closes_at"}


def test_saving_nothing_new_changes_nothing(signed_in: Client, call_round: Round) -> None:
    closes = call_round.call_closes_at
    url = reverse("round-calendar", args=(call_round.slug,))
    assert signed_in.post(url, typed(call_round)).status_code == 302
    call_round.refresh_from_db()
    assert call_round.call_closes_at == closes


def test_the_text_of_the_call(signed_in: Client, planned_round: Round) -> None:
    url = reverse("round-text", args=(planned_round.slug,))
    response = signed_in.post(url, {"fi": "Etsimme haasteita.", "sv": "Vi söker.", "en": ""})
    assert response.status_code == 302
    planned_round.refresh_from_db()
    assert (planned_round.intro_fi, planned_round.intro_sv) == ("Etsimme haasteita.", "Vi söker.")
    assert "Etsimme haasteita." in signed_in.get(url).content.decode()


@pytest.mark.parametrize("value", ["x" * 2001, "a\x00b"])
def test_a_wrong_text_is_named(signed_in: Client, planned_round: Round, value: str) -> None:
    url = reverse("round-text", args=(planned_round.slug,))
    response = signed_in.post(url, {"fi": value})
    assert set(response.context["form"].errors) == {"fi"}
