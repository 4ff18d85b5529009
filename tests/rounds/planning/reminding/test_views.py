"""The page of the plan: what it tells, what can be changed on it, and what it costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.outbox.models import Letter, Watch
from minno_portal.outbox.reminders import queue_due_reminders
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.reminders import DRAFTS
from rounds.planning.models import Round
from rounds.planning.reminding.models import PlannedReminder
from rounds.planning.reminding.page import PlanRow, page_of
from rounds.planning.reminding.rules import every_rule

# A Thursday with working days around it.
CLOSES = clock.helsinki(dt.date(2027, 2, 11), 16)
DAY = dt.timedelta(days=1)


@pytest.fixture
def call_round(call_round: Round) -> Round:
    later = CLOSES.date() + 14 * DAY - call_round.packet_on
    for name in ("packet_on", "decisions_on", "kickoff_on", "contract_on", "midreview_on"):
        setattr(call_round, name, getattr(call_round, name) + later)
    for name in ("fest_on", "feedback_on", "evaluation_on"):
        setattr(call_round, name, getattr(call_round, name) + later)
    call_round.call_opens_at, call_round.call_closes_at = CLOSES - 21 * DAY, CLOSES
    call_round.published_at = CLOSES - 21 * DAY
    call_round.save()
    return call_round


@pytest.fixture
def draft(draft: Challenge) -> Challenge:
    Challenge.objects.update(created_at=CLOSES - 20 * DAY)
    return draft


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def rows(round_: Round, moment: dt.datetime) -> dict[str, PlanRow]:
    with clock.playing_at(moment):
        fresh = Round.objects.select_related("partnership").get(pk=round_.pk)
        return {row.rule.name: row for row in page_of(fresh).rows}


def shown(client: Client, round_: Round, moment: dt.datetime) -> str:
    with clock.playing_at(moment):
        return client.get(reverse("round-plan", args=[round_.slug])).content.decode()


def test_before_during_and_after(draft: Challenge, signed_in: Client) -> None:
    round_, week = draft.round, CLOSES - 7 * DAY
    before = rows(round_, week - DAY)
    assert before["draft-week"].standing == "coming"
    assert before["draft-week"].count == 1
    assert before["assess-3d"].count is None, "nobody knows yet"
    assert rows(round_, week + DAY)["draft-week"].standing == "due"
    with clock.playing_at(week):
        queue_due_reminders()
    gone = rows(round_, week + DAY)["draft-week"]
    assert (gone.standing, gone.gone and gone.gone.letters) == ("gone", 1)
    page = shown(signed_in, round_, week + DAY)
    assert "1 viesti, 0 lähetetty" in page
    assert "?kind=draft-reminder" in page
    order = [page.index(words) for words in ("viikko ennen haun", "kolme päivää ennen esityksen")]
    assert order == sorted(order)


def test_an_outage_is_told(draft: Challenge, signed_in: Client) -> None:
    round_, week = draft.round, CLOSES - 7 * DAY
    Watch.objects.create(began_at=week - 3 * DAY, seen_at=week - DAY)
    page = shown(signed_in, round_, week + DAY)
    assert "Muistutukset ovat seisoneet" in page
    assert "Se lähtee heti, kun muistutukset taas kulkevat" in page
    with clock.playing_at(week + DAY - dt.timedelta(hours=6)):
        queue_due_reminders()
    assert "joten se lähti myöhässä" in rows(round_, CLOSES)["draft-week"].why


def test_what_an_outage_swallowed(draft: Challenge) -> None:
    round_ = draft.round
    Watch.objects.create(began_at=CLOSES - 20 * DAY, seen_at=CLOSES - 8 * DAY)
    Watch.objects.create(began_at=CLOSES + DAY, seen_at=CLOSES + 2 * DAY)
    found = rows(round_, CLOSES + 2 * DAY)
    assert found["draft-week"].standing == found["draft-day"].standing == "missed"
    assert "olisi tullut liian myöhään" in found["draft-day"].why


def test_where_nobody_needed_it(call_round: Round) -> None:
    Watch.objects.create(began_at=CLOSES - 20 * DAY, seen_at=CLOSES + DAY)
    assert rows(call_round, CLOSES + DAY)["draft-day"].standing == "nobody"


def test_days_off_and_july_are_told(call_round: Round) -> None:
    Round.objects.update(
        fest_on=dt.date(2028, 7, 12),
        feedback_on=dt.date(2028, 8, 1),
        evaluation_on=dt.date(2028, 8, 12),
    )
    assert any("einäkuu" in note for note in rows(call_round, CLOSES)["fest-week"].notes)


def test_switching_off_and_on(draft: Challenge, signed_in: Client) -> None:
    url = reverse("round-plan-switch", args=[draft.round.slug, "draft-week"])
    assert signed_in.get(url).status_code == 405
    page = signed_in.post(url, {"on": "0"}, follow=True).content.decode()
    assert "Pois päältä" in page
    assert "Kytke päälle" in page
    signed_in.post(url, {"on": "1"})
    assert not PlannedReminder.objects.exists()
    for bad in ("no-such", "Ä", "x" * 300):
        assert signed_in.post(url.replace("draft-week", bad)).status_code == 404


def test_moving_and_back(draft: Challenge, signed_in: Client) -> None:
    url = reverse("round-plan-move", args=[draft.round.slug, "draft-week"])
    with clock.playing_at(CLOSES - 10 * DAY):
        assert b"2027-02-04" in signed_in.get(url).content
        answer = signed_in.post(url, {"day": "2027-02-08", "at": "10:00"}, follow=True)
        assert "ma\xa08.2.2027 klo\xa010.00" in answer.content.decode()
        assert "siirretty; oletuksena viikko ennen" in answer.content.decode()
        assert b"2027-02-08" in signed_in.get(url).content
        signed_in.post(url, {"reset": "1"})
    assert not PlannedReminder.objects.exists()


@pytest.mark.parametrize(
    ("day", "at", "error"),
    [
        ("2027-02-06", "10:00", "ma\xa08.2.2027 klo\xa08.00"),
        ("2027-02-08", "7:00", "klo 8–17"),
        ("2027-02-12", "10:00", "liian myöhään"),
        ("2027-01-20", "10:00", "on jo mennyt"),
        ("9999-12-31", "10:00", "Tarkistakaa vuosi"),
        ("0001-01-01", "10:00", "Tarkistakaa vuosi"),
        ("eilen", "10:00", "errorlist"),
        ("\x00", "25:00", "errorlist"),
        ("", "", "errorlist"),
    ],
)
def test_an_impossible_moment_stays_on_the_form(
    draft: Challenge, signed_in: Client, day: str, at: str, error: str
) -> None:
    url = reverse("round-plan-move", args=[draft.round.slug, "draft-week"])
    with clock.playing_at(CLOSES - 10 * DAY):
        answer = signed_in.post(url, {"day": day, "at": at})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert error in page or (error == "errorlist" and "invalid" in page)
    assert not PlannedReminder.objects.exists()


def test_days_where_each_challenge_has_a_date_of_its_own(
    call_round: Round, signed_in: Client
) -> None:
    url = reverse("round-plan-move", args=[call_round.slug, "participation-2d"])
    for bad in ("-1", "x", "10000000000", ""):
        assert signed_in.post(url, {"days": bad, "at": "9:00"}).status_code == 200
    signed_in.post(url, {"days": "3", "at": "12:30"})
    change = PlannedReminder.objects.get()
    assert (change.days, change.at) == (-3, dt.time(12, 30))


def test_who_may_only_look_sees_no_buttons(
    client: Client, call_round: Round, administrator: User
) -> None:
    client.force_login(administrator)
    page = client.get(reverse("round-plan", args=[call_round.slug])).content.decode()
    assert "Kytke pois" not in page
    assert page.count("plan-row") == len(list(every_rule()))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("stage", ["call", "selection", "decided"])
def test_the_page_costs_the_same_at_any_size(
    signed_in: Client,
    draft: Challenge,
    stage: str,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    moments = {"call": -DAY, "selection": DAY, "decided": 40 * DAY}
    if stage == "decided":
        Round.objects.update(announced_at=CLOSES + 30 * DAY)
    for rule in list(every_rule())[:count]:
        PlannedReminder.objects.create(round=draft.round, rule=rule.name, is_on=False)
        draft.pk, draft._state.adding = None, True
        draft.save()
    with clock.playing_at(CLOSES + moments[stage]):
        queue_due_reminders()
        with django_assert_max_num_queries(12):
            signed_in.get(reverse("round-plan", args=[draft.round.slug]))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_rule_in_each_language(signed_in: Client, call_round: Round, language: str) -> None:
    prefix = "" if language == "fi" else f"/{language}"
    page = signed_in.get(prefix + f"/manage/rounds/{call_round.slug}/letters/plan/")
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()
    assert DRAFTS[0].name in page.content.decode()
    assert not Letter.objects.exists()
