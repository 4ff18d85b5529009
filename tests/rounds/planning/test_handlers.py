from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from minno_portal import clock
from minno_portal.waiting import Waiting
from organisations.models import User
from rounds.planning.handlers import calendar_duties
from rounds.planning.models import Round, WorkLog
from tests.rounds.planning.conftest import BEFORE

DAY = dt.timedelta(days=1)


@pytest.fixture
def published(planned_round: Round) -> Round:
    planned_round.published_at = BEFORE
    planned_round.save()
    return planned_round


def duties(user: User, moment: dt.datetime) -> list[Waiting]:
    with translation.override("en"), clock.playing_at(moment):
        # A person is read anew for each request.
        return list(calendar_duties(User.objects.get(pk=user.pk)))


def texts(user: User, moment: dt.datetime) -> list[str]:
    return [line.text for line in duties(user, moment)]


def test_an_unpublished_round_waits_for_publishing(
    planned_round: Round, coordinator: User, staff: User
) -> None:
    (line,) = duties(coordinator, BEFORE)
    assert line.text == "Publish round 1/2027"
    assert line.due_at == planned_round.call_opens_at
    with translation.override("en"):
        assert line.url == reverse("round", args=(planned_round.slug,))
    assert duties(staff, BEFORE) == []


def test_a_round_forgotten_unpublished_needs_new_dates(
    planned_round: Round, coordinator: User
) -> None:
    (line,) = duties(coordinator, planned_round.call_closes_at)
    assert line.text == "Move the dates of round 1/2027"


def test_a_closing_call_is_told_two_weeks_before(published: Round, coordinator: User) -> None:
    closes = published.call_closes_at
    assert "The call of round 1/2027 closes" not in texts(coordinator, closes - 15 * DAY)
    line = duties(coordinator, closes - 3 * DAY)[0]
    assert (line.text, line.detail) == ("The call of round 1/2027 closes", "3 days left")
    assert duties(coordinator, closes - 1.5 * DAY)[0].detail == "1 day left"
    assert "The call of round 1/2027 closes" not in texts(coordinator, closes)


def test_phases_without_logged_time_are_named(published: Round, coordinator: User) -> None:
    moment = published.call_opens_at
    (line,) = duties(coordinator, moment)
    assert line.text == "Log working time for round 1/2027"
    assert line.detail == "Nothing logged for phases 1, 2, 3"
    for key in ("continuity", "announcing", "form"):
        WorkLog.objects.create(
            phase=published.phases.get(key=key), user=coordinator, done_on=moment.date(), days=1
        )
    assert duties(coordinator, moment) == []


def test_the_phase_without_an_estimate_is_not_asked_after(
    published: Round, coordinator: User
) -> None:
    after = clock.helsinki(published.evaluation_on + DAY, 12)
    (line,) = duties(coordinator, after)
    assert "9" not in line.detail
    assert duties(coordinator, after + 61 * DAY) == []


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("contract_on", "Contracts of round 1/2027"),
        ("midreview_on", "Mid-review of round 1/2027"),
        ("fest_on", "MINNO-fest of round 1/2027"),
        ("evaluation_on", "Evaluation of round 1/2027"),
    ],
)
def test_coming_days_are_told_a_week_before_to_both_parties(
    published: Round, staff: User, field: str, expected: str
) -> None:
    day = getattr(published, field)
    assert expected not in texts(staff, clock.helsinki(day - 8 * DAY, 12))
    assert expected in texts(staff, clock.helsinki(day - 7 * DAY, 12))
    assert expected in texts(staff, clock.helsinki(day, 23))
    assert expected not in texts(staff, clock.helsinki(day + DAY, 1))


@pytest.mark.parametrize("who", ["contact", "stranger", "administrator", "other_coordinator"])
def test_others_have_no_duties(published: Round, who: str, request: pytest.FixtureRequest) -> None:
    assert duties(request.getfixturevalue(who), published.call_opens_at) == []
