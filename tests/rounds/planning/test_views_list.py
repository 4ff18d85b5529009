from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning import views_list
from rounds.planning.enums import Stage
from rounds.planning.models import Round
from rounds.planning.services import log_work
from rounds.planning.stages import in_stage
from tests.rounds.planning.conftest import KICKOFF, MakeRound


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def shown(client: Client, **query: str) -> list[str]:
    return [round_.code for round_ in client.get(reverse("rounds"), query).context["page"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_six_times(
    signed_in: Client, make_round: MakeRound, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, rows + 1):
        make_round(number)
    with django_assert_num_queries(6):
        page = signed_in.get(reverse("rounds"))
    assert all(f"{number}/2027" in page.content.decode() for number in range(1, rows + 1))


def test_filters_are_in_the_address(
    signed_in: Client, make_round: MakeRound, call_round: Round
) -> None:
    make_round(5, 2031, kickoff_on=KICKOFF.replace(year=2031), form="evening")
    assert shown(signed_in, year="2031") == ["5/2031"]
    assert shown(signed_in, stage="open") == [call_round.code]
    assert shown(signed_in, stage="open", year="2031") == []
    assert shown(signed_in, form="evening") == ["5/2031"]
    assert shown(signed_in, q=" 5 / 2031 ") == ["5/2031"]
    assert shown(signed_in, q="2031") == ["5/2031"]
    assert shown(signed_in, q="minno-5") == ["5/2031"]
    assert shown(signed_in, q="nothing") == []
    assert len(shown(signed_in)) == 2


def test_filters_folded_away_are_counted(signed_in: Client, call_round: Round) -> None:
    page = signed_in.get(reverse("rounds"), {"stage": "open", "q": "1", "archive": "all"})
    assert '<span class="count" aria-hidden="true">2</span>' in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"year": "\x00x", "stage": "9", "form": "night"},
        {"year": "٢٠٢٧"},
        {"order": "-pk; drop", "page": "x", "archive": "maybe"},
        {"q": "\x00"},
        {"page": "-1"},
        {"page": "9" * 50},
    ],
)
def test_a_wrong_address_shows_the_plain_list(
    signed_in: Client, planned_round: Round, query: dict[str, str]
) -> None:
    assert shown(signed_in, **query) == [planned_round.code]


def test_a_search_of_ten_thousand_characters_finds_nothing(
    signed_in: Client, planned_round: Round
) -> None:
    assert shown(signed_in, q="x" * 10_000) == []


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        ("code", ["1/2027", "2/2027", "3/2027"]),
        ("-code", ["3/2027", "2/2027", "1/2027"]),
        ("kickoff", ["3/2027", "1/2027", "2/2027"]),
        ("-kickoff", ["2/2027", "1/2027", "3/2027"]),
        ("closes", ["3/2027", "1/2027", "2/2027"]),
    ],
)
def test_headings_sort(
    signed_in: Client, make_round: MakeRound, order: str, codes: list[str]
) -> None:
    make_round(1)
    make_round(2, kickoff_on=dt.date(2027, 10, 25))
    make_round(3, kickoff_on=dt.date(2027, 1, 11))
    assert shown(signed_in, order=order) == codes


def test_figures_of_rounds(
    signed_in: Client, draft: Challenge, coordinator: User, make_round: MakeRound
) -> None:
    make_round(7, 2031, kickoff_on=KICKOFF.replace(year=2031))
    made = make_round(8, draft.round.year, kickoff_on=draft.round.kickoff_on.replace(day=15))
    for number, status in enumerate((Status.SUBMITTED, Status.CONFIRMED, Status.RUNNING), 1):
        draft.pk = None
        draft.round, draft.status, draft.number = made, status, number
        draft.reference, draft.submitted_at = f"MINNO-8-{number}", clock.now()
        draft.decided_at, draft.decided_by = clock.now(), coordinator
        draft.save()
    for phase, days in (("form", "0.25"), ("form", "0.5"), ("shaping", "1")):
        log_work(
            made.pk,
            phase=phase,
            days=Decimal(days),
            done_on=clock.today(),
            note="",
            actor=coordinator,
        )
    context = signed_in.get(reverse("rounds")).context
    row = next(each for each in context["page"] if each.number == 8)
    assert (row.submitted, row.confirmed) == (3, 2)
    assert (row.estimated, row.logged) == (Decimal("9.0"), Decimal("1.75"))
    totals = context["totals"]
    assert (totals.rounds, totals.submitted, totals.confirmed) == (3, 3, 2)
    assert (totals.estimated, totals.logged) == (Decimal("18.0"), Decimal("1.75"))


def test_pages(signed_in: Client, make_round: MakeRound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_list, "PAGE_SIZE", 2)
    for number in range(1, 4):
        make_round(number)
    assert len(shown(signed_in)) == 2
    assert len(shown(signed_in, page="2")) == 1
    response = signed_in.get(reverse("rounds"), {"year": "2027", "page": "2"})
    assert "year=2027&amp;page=1" in response.content.decode()


def test_the_archive_is_a_press_away(
    signed_in: Client, make_round: MakeRound, call_round: Round
) -> None:
    planned_round = make_round(9)
    url = reverse("round-archive", args=(planned_round.slug,))
    assert signed_in.get(url).status_code == 405
    page = signed_in.post(url, follow=True)
    assert reverse("round-restore", args=(planned_round.slug,)) in page.content.decode()
    assert shown(signed_in) == [call_round.code]
    assert shown(signed_in, archive="archived") == [planned_round.code]
    assert len(shown(signed_in, archive="all")) == 2
    desk = signed_in.get(reverse("desk"))
    assert planned_round not in [round_ for round_, _steps in desk.context["rounds"]]
    signed_in.post(reverse("round-restore", args=(planned_round.slug,)))
    assert len(shown(signed_in)) == 2


def test_a_round_under_way_is_not_archived(signed_in: Client, call_round: Round) -> None:
    url = reverse("round-archive", args=(call_round.slug,))
    page = signed_in.post(url, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert url not in page.content.decode()


def test_an_archived_round_keeps_its_public_page(client: Client, call_round: Round) -> None:
    Round.objects.update(archived_at=clock.now())
    assert client.get(reverse("public-round", args=(call_round.slug,))).status_code == 200


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("days", [-80, -60, -21, -1, 0, 1, 30, 31, 60, 200])
def test_the_database_knows_the_stage(
    planned_round: Round, days: int, published: bool, announced: bool
) -> None:
    moment = clock.helsinki(KICKOFF + dt.timedelta(days=days), 12)
    planned_round.published_at = (
        planned_round.call_opens_at - dt.timedelta(days=2) if published else None
    )
    planned_round.announced_at = moment if announced else None
    planned_round.save()
    with clock.playing_at(moment):
        found = {stage for stage in Stage if Round.objects.filter(in_stage(stage)).exists()}
        assert found == {planned_round.stage}
