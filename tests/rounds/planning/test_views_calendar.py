from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.planning.calendar import FIELDS
from rounds.planning.models import Round
from rounds.planning.services import update_calendar
from rounds.planning.upkeep import archive_round
from tests.rounds.planning.conftest import BEFORE


def typed(round_: Round, **changes: str) -> dict[str, str]:
    """Return what the form would send for the round's dates: as they were, and as they are now."""
    values, initial = {}, {}
    for name in FIELDS:
        value = getattr(round_, name)
        if isinstance(value, dt.datetime):
            values[name] = value.astimezone(clock.HELSINKI).strftime("%Y-%m-%dT%H:%M")
        else:
            values[name] = value.isoformat() if value else ""
        initial[f"initial-{name}"] = values[name].replace("T", " ")
    return values | initial | changes


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
    rows = [row for _field, _sent_along, row in response.context["rows"]]
    assert [row.field for row in rows] == list(FIELDS)
    assert [row.state for row in rows[:3]] == ["done", "now", "todo"]
    assert [row.weeks for row in rows[:5]] == ["T−10", "T−5", "T−4", "T−3", "T"]
    assert rows[2].notes
    assert len(response.context["follow_ups"]) == 3
    assert response.content.decode().count('<svg class="whole-line"') == 1


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


def test_checking_saves_nothing(signed_in: Client, planned_round: Round) -> None:
    url = reverse("round-calendar", args=(planned_round.slug,))
    sent = typed(planned_round, fest_on="2027-07-01") | {"check": "1"}
    page = signed_in.post(url, sent)
    row = next(row for _f, _s, row in page.context["rows"] if row.field == "fest_on")
    assert row.notes
    assert set(page.context["form"].errors) == {"feedback_on"}
    fits = signed_in.post(url, typed(planned_round, fest_on="2027-03-12") | {"check": "1"})
    assert fits.context["is_checked"]
    assert fits.context["form"].errors == {}
    planned_round.refresh_from_db()
    assert planned_round.fest_on == dt.date(2027, 3, 11)


def test_checking_as_one_types(signed_in: Client, planned_round: Round) -> None:
    url = reverse("round-calendar", args=(planned_round.slug,))
    sent = typed(planned_round, decisions_on="2026-12-01") | {"check": "1"}
    part = signed_in.post(url, sent, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "<html" not in text
    assert text.count("hx-swap-oob") == len(FIELDS) + 3
    assert "date-error" in text
    assert "HX-Request" in part["Vary"]


def test_a_date_that_somebody_else_moved_meanwhile_stays(
    signed_in: Client, planned_round: Round, coordinator: User
) -> None:
    opened_before = typed(planned_round, feedback_on="2027-03-22")
    update_calendar(planned_round.pk, actor=coordinator, fest_on=dt.date(2027, 3, 12))
    url = reverse("round-calendar", args=(planned_round.slug,))
    assert signed_in.post(url, opened_before).status_code == 302
    planned_round.refresh_from_db()
    assert planned_round.fest_on == dt.date(2027, 3, 12)
    assert planned_round.feedback_on == dt.date(2027, 3, 22)


def test_who_changed_dates_is_shown(
    signed_in: Client, planned_round: Round, coordinator: User
) -> None:
    url = reverse("round-calendar", args=(planned_round.slug,))
    assert signed_in.get(url).context["changes"] == []
    signed_in.post(url, typed(planned_round, fest_on="2027-03-12", midreview_on=""))
    (change,) = signed_in.get(url).context["changes"]
    assert change.who == coordinator.name
    assert [(date.old, date.new) for date in change.dates] == [
        ("ke 17.2.2027".replace(" ", "\N{NO-BREAK SPACE}"), ""),
        tuple(f"{day}\N{NO-BREAK SPACE}{date}" for day, date in _FEST),
    ]


_FEST = (("to", "11.3.2027"), ("pe", "12.3.2027"))


def test_an_archived_calendar_is_read_only(
    signed_in: Client, planned_round: Round, coordinator: User
) -> None:
    archive_round(planned_round.pk, actor=coordinator)
    url = reverse("round-calendar", args=(planned_round.slug,))
    assert '<input type="date"' not in signed_in.get(url).content.decode()
    refused = signed_in.post(url, typed(planned_round, fest_on="2027-03-12"))
    assert refused.context["form"].non_field_errors()


@pytest.mark.parametrize("changed", [0, 3])
def test_the_calendar_asks_six_times(
    signed_in: Client,
    planned_round: Round,
    coordinator: User,
    changed: int,
    django_assert_num_queries: Any,
) -> None:
    for day in range(changed):
        update_calendar(planned_round.pk, actor=coordinator, fest_on=dt.date(2027, 3, 15 + day))
    with django_assert_num_queries(6):
        signed_in.get(reverse("round-calendar", args=(planned_round.slug,)))


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
