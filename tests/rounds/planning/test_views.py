from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock, waiting
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from tests.rounds.planning.conftest import BEFORE, KICKOFF, MakeRound

ANSWERS = {"number": "2", "year": "2027", "form": "day", "kickoff_on": "2027-01-25"}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def only_planning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first page ask only this step, so that its query counts are literal."""
    from rounds.planning.handlers import calendar_duties

    monkeypatch.setattr(waiting, "_providers", [calendar_duties])
    monkeypatch.setattr(waiting, "_panel_providers", [])


def pages(slug: str) -> list[str]:
    names = ("round", "round-calendar", "round-text", "round-work", "round-letters")
    return [reverse(name, args=(slug,)) for name in names]


def test_visitors_are_asked_to_sign_in(client: Client, planned_round: Round) -> None:
    for url in [*pages(planned_round.slug), reverse("rounds"), reverse("round-new")]:
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/")


@pytest.mark.parametrize("who", ["contact", "stranger", "other_coordinator"])
def test_strangers_find_no_round(
    client: Client, planned_round: Round, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    for url in pages(planned_round.slug):
        assert client.get(url).status_code == 404
    assert client.post(reverse("round-publish", args=(planned_round.slug,))).status_code == 404


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("coordinator", [200, 200, 200, 200, 200]),
        ("staff", [200, 200, 403, 403, 403]),
        ("administrator", [200, 200, 403, 200, 200]),
    ],
)
def test_who_opens_which_page(
    client: Client,
    planned_round: Round,
    who: str,
    expected: list[int],
    request: pytest.FixtureRequest,
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert [client.get(url).status_code for url in pages(planned_round.slug)] == expected


@pytest.mark.parametrize("who", ["staff", "administrator"])
def test_only_the_coordinator_changes_a_round(
    client: Client, planned_round: Round, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    for name in ("round-publish", "round-calendar", "round-text", "round-work"):
        assert client.post(reverse(name, args=(planned_round.slug,)), {}).status_code == 403
    assert client.get(reverse("round-new")).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("staff", 200),
        ("administrator", 200),
        ("contact", 403),
        ("stranger", 403),
    ],
)
def test_who_lists_rounds(
    client: Client, planned_round: Round, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("rounds")).status_code == status


def test_another_partnerships_round_is_not_listed(
    client: Client, planned_round: Round, other_coordinator: User
) -> None:
    client.force_login(other_coordinator)
    page = text(client.get(reverse("rounds")))
    assert "1/2027" not in page
    assert reverse("round-new") in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_four_times(
    client: Client,
    make_round: MakeRound,
    coordinator: User,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(1, rows + 1):
        make_round(number)
    client.force_login(coordinator)
    with django_assert_num_queries(4):
        page = text(client.get(reverse("rounds")))
    assert all(f"{number}/2027" in page for number in range(1, rows + 1))


def test_the_list_filters_by_the_address(
    client: Client, make_round: MakeRound, call_round: Round, coordinator: User
) -> None:
    make_round(5, 2031, kickoff_on=KICKOFF.replace(year=2031))
    client.force_login(coordinator)
    url = reverse("rounds")

    def shown(**query: str) -> list[str]:
        return [round_.code for round_ in client.get(url, query).context["rounds"]]

    assert shown(year="2031") == ["5/2031"]
    assert shown(stage="open") == [call_round.code]
    assert shown(stage="open", year="2031") == []
    assert shown(year="\x00x", stage="9") == []
    assert len(shown()) == 2


def test_three_answers_open_a_round(
    client: Client, coordinator: User, planned_round: Round
) -> None:
    client.force_login(coordinator)
    with clock.playing_at(BEFORE):
        first = client.get(reverse("round-new"))
        assert first.context["form"].initial == {"year": 2027, "number": 2, "form": "day"}
        response = client.post(reverse("round-new"), ANSWERS, follow=True)
    assert response.redirect_chain == [(reverse("round", args=("minno-2-2027",)), 302)]
    page = text(response)
    assert "ke 23.12.2026 klo 16.00" in page
    assert "11.3.2027" in page


def test_looking_at_the_calendar_creates_nothing(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    response = client.post(reverse("round-new"), ANSWERS | {"preview": "1"})
    assert next(iter(response.context["preview"])).field == "call_opens_at"
    assert "11.3.2027" in text(response)
    assert response.context["warnings"]
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "0"),
        ("number", "9" * 400),
        ("number", "\x00"),
        ("year", "1"),
        ("year", ""),
        ("form", "night"),
        ("kickoff_on", "2027-01-30"),
        ("kickoff_on", "0001-01-01"),
        ("kickoff_on", "9999-12-31"),
        ("kickoff_on", "kohta"),
        ("kickoff_on", "\x00"),
    ],
)
def test_wrong_answers_are_named(client: Client, coordinator: User, field: str, value: str) -> None:
    client.force_login(coordinator)
    for extra in ({}, {"preview": "1"}):
        response = client.post(reverse("round-new"), ANSWERS | {field: value} | extra)
        assert response.status_code == 200
        assert field in response.context["form"].errors
    assert not Round.objects.exists()


def test_a_taken_code_is_named_at_the_number(
    client: Client, coordinator: User, planned_round: Round
) -> None:
    client.force_login(coordinator)
    response = client.post(reverse("round-new"), ANSWERS | {"number": "1"})
    assert "1/2027" in response.context["form"].errors["number"][0]


def test_a_kickoff_far_from_the_code_is_refused(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    response = client.post(reverse("round-new"), ANSWERS | {"year": "2030"})
    assert response.context["form"].non_field_errors()


def test_a_foreign_partnership_cannot_be_named(
    client: Client, coordinator: User, other_coordinator: User
) -> None:
    from organisations.models import Partnership

    foreign = Partnership.objects.get(prefix="TOINEN")
    client.force_login(coordinator)
    client.post(reverse("round-new"), ANSWERS | {"partnership": str(foreign.pk)})
    assert Round.objects.get().partnership.prefix == "MINNO"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_overview_asks_six_times(
    client: Client,
    draft: Challenge,
    coordinator: User,
    rows: int,
    only_planning: None,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(rows - 1):
        draft.pk = None
        draft.save()
    client.force_login(coordinator)
    with django_assert_num_queries(6):
        response = client.get(reverse("round", args=(draft.round.slug,)))
    assert [(figure.status, figure.count) for figure in response.context["figures"]] == [
        ("draft", rows)
    ]


@pytest.mark.parametrize("who", ["coordinator", "staff", "administrator"])
def test_the_overview_asks_at_most_twelve_times(
    client: Client,
    draft: Challenge,
    who: str,
    request: pytest.FixtureRequest,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(request.getfixturevalue(who))
    with django_assert_max_num_queries(12):
        client.get(reverse("round", args=(draft.round.slug,)))


def test_publishing_from_the_page(client: Client, coordinator: User, planned_round: Round) -> None:
    client.force_login(coordinator)
    with clock.playing_at(BEFORE):
        page = text(client.get(reverse("round", args=(planned_round.slug,))))
        assert "ma 16.11.2026 klo 9.00" in page
        url = reverse("round-publish", args=(planned_round.slug,))
        assert client.get(url).status_code == 405
        client.post(url)
        again = client.post(url, follow=True)
    planned_round.refresh_from_db()
    assert planned_round.published_at == BEFORE
    assert [message.level_tag for message in again.context["messages"]] == ["success", "error"]


def test_a_late_round_is_not_published(
    client: Client, coordinator: User, planned_round: Round
) -> None:
    client.force_login(coordinator)
    with clock.playing_at(planned_round.call_closes_at):
        page = text(client.get(reverse("round", args=(planned_round.slug,))))
        client.post(reverse("round-publish", args=(planned_round.slug,)))
    assert reverse("round-publish", args=(planned_round.slug,)) not in page
    planned_round.refresh_from_db()
    assert planned_round.published_at is None
