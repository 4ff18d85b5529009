from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock, waiting
from minno_portal.waiting import Panel
from organisations.models import User
from rounds.planning.handlers import calendar_duties
from rounds.planning.models import Round
from tests.rounds.planning.conftest import BEFORE, MakeRound

MOST_QUERIES = 12


@pytest.fixture
def _only_planning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_providers", [calendar_duties])
    monkeypatch.setattr(waiting, "_panel_providers", [])


def open_desk(client: Client, user: User) -> Any:
    client.force_login(user)
    response = client.get(reverse("desk"))
    assert response.status_code == 200
    return response


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_visitors_are_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("desk")).status_code == 302


@pytest.mark.parametrize("who", ["coordinator", "staff", "administrator", "contact", "stranger"])
def test_everybody_has_a_desk_of_few_queries(
    client: Client,
    call_round: Round,
    who: str,
    request: pytest.FixtureRequest,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(request.getfixturevalue(who))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse("desk")).status_code == 200


@pytest.mark.usefixtures("_only_planning")
@pytest.mark.parametrize("rows", [1, 3])
def test_the_coordinators_desk_asks_five_times(
    client: Client,
    make_round: MakeRound,
    coordinator: User,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    with clock.playing_at(BEFORE):
        for number in range(1, rows + 1):
            make_round(number)
        client.force_login(coordinator)
        with django_assert_num_queries(5):
            response = client.get(reverse("desk"))
    assert len(response.context["rounds"]) == rows
    assert len(response.context["waiting"]) == rows
    assert all(len(steps) == 10 for _round, steps in response.context["rounds"])


@pytest.mark.usefixtures("_only_planning")
@pytest.mark.parametrize("who", ["contact", "stranger"])
def test_associations_and_newcomers_find_the_open_call(
    client: Client,
    call_round: Round,
    who: str,
    request: pytest.FixtureRequest,
    django_assert_num_queries: Any,
) -> None:
    client.force_login(request.getfixturevalue(who))
    with django_assert_num_queries(4):
        response = client.get(reverse("desk"))
    assert response.context["open_calls"] == [call_round]
    assert reverse("challenge-new", args=(call_round.slug,)) in text(response)


def test_a_newcomer_without_an_open_call_is_told_when(client: Client, stranger: User) -> None:
    assert reverse("public-rounds") in text(open_desk(client, stranger))


def test_a_coordinator_without_rounds_is_offered_one(client: Client, coordinator: User) -> None:
    assert reverse("round-new") in text(open_desk(client, coordinator))


def test_staff_are_not_offered_a_new_round(client: Client, staff: User) -> None:
    assert reverse("round-new") not in text(open_desk(client, staff))


def test_evaluated_rounds_leave_the_desk(
    client: Client, planned_round: Round, coordinator: User
) -> None:
    with clock.playing_at(clock.helsinki(planned_round.evaluation_on, 23)):
        assert open_desk(client, coordinator).context["rounds"][0][0] == planned_round
    with clock.playing_at(clock.helsinki(planned_round.evaluation_on + dt.timedelta(1), 1)):
        assert open_desk(client, coordinator).context["rounds"] == []


def test_other_steps_add_panels(
    client: Client, contact: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_panel_providers", [])
    waiting.provides_panel(
        lambda user: Panel("components/empty.html", {"title": "x"}) if user == contact else None
    )
    assert [panel.context for panel in open_desk(client, contact).context["panels"]] == [
        {"title": "x"}
    ]


def test_the_oldest_deadline_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def line(name: str, due_at: dt.datetime | None = None, **more: str) -> waiting.Waiting:
        return waiting.Waiting(name, f"/manage/rounds/{name}/work/", due_at, **more)

    lines = [line("undated"), line("late", BEFORE), line("early", BEFORE - dt.timedelta(1))]
    monkeypatch.setattr(waiting, "_providers", [lambda _user: lines, lambda _user: ()])
    assert [found.text for found in waiting.waiting_for(None)] == ["early", "late", "undated"]


def test_a_round_shows_its_own_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        waiting.Waiting("by address", "/manage/rounds/minno-1-2027/work/"),
        waiting.Waiting("by thread", "/challenges/3/", thread="minno-1-2027"),
        waiting.Waiting("other", "/manage/rounds/minno-1-20270/", thread="minno-1-20270"),
    ]
    monkeypatch.setattr(waiting, "_providers", [lambda _user: lines])
    assert [found.text for found in waiting.waiting_for(None, thread="minno-1-2027")] == [
        "by address",
        "by thread",
    ]
