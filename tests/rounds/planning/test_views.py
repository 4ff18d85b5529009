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
from tests.rounds.planning.conftest import BEFORE


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def only_planning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first page ask only this step, so that its query counts are literal."""
    from rounds.planning.handlers import calendar_duties

    monkeypatch.setattr(waiting, "_providers", [calendar_duties])
    monkeypatch.setattr(waiting, "_panel_providers", [])


def pages(slug: str) -> list[str]:
    names = (
        "round",
        "round-calendar",
        "round-text",
        "round-work",
        "round-letters",
        "round-settings",
        "round-move",
    )
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
        ("coordinator", [200, 200, 200, 200, 200, 200, 200]),
        ("staff", [200, 200, 403, 403, 403, 403, 403]),
        ("administrator", [200, 200, 403, 200, 200, 403, 403]),
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
    for name in (
        "round-publish",
        "round-calendar",
        "round-text",
        "round-work",
        "round-settings",
        "round-move",
        "round-archive",
        "round-restore",
    ):
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
