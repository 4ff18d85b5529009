"""Reminders of contract, mid-review and fest."""

from __future__ import annotations

import datetime as dt

import pytest

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.projects.models import Team
from rounds.projects.reminders import MILESTONES, people_of_projects, remind_of_milestones
from tests.rounds.projects.cast import chosen

DAY = dt.timedelta(days=1)


@pytest.fixture
def told_round(call_round: Round) -> Round:
    call_round.announced_at = clock.now()
    call_round.save()
    return call_round


def due(round_: Round, field: str) -> dt.datetime:
    (rule,) = MILESTONES[field]
    anchor = rule.anchor.moment(round_)
    assert anchor
    return rule.moment(anchor)


@pytest.mark.parametrize("field", MILESTONES)
def test_parties_and_associations_are_told_once(
    told_round: Round, association: Organisation, coordinator: User, staff: User, field: str
) -> None:
    for number in (1, 2):
        chosen(told_round, association, coordinator, number=number, team=False)
    moment, written = due(told_round, field), []
    letters = Letter.objects.filter(kind=MILESTONES[field][0].kind.name)
    for at in (moment - DAY, moment, moment + dt.timedelta(hours=1)):
        with clock.playing_at(at):
            remind_of_milestones()
            written.append(letters.count())
    # Two contact people and two deputies, the coordinator and the staff.
    assert written == [0, 6, 6]
    own = letters.get(recipient="contact1@example.org")
    assert "Haaste 1" in own.text
    assert "Haaste 2" not in own.text
    party = letters.get(recipient=staff.email)
    assert "Haaste 1" in party.text
    assert "Haaste 2" in party.text
    assert f"/manage/rounds/{told_round.slug}/" in party.text


def test_only_of_those_told_to_be_chosen(
    told_round: Round, association: Organisation, coordinator: User
) -> None:
    chosen(told_round, association, coordinator, told=False)
    chosen(told_round, association, coordinator, number=2, status=Status.RESERVE)
    with clock.playing_at(due(told_round, "fest_on")):
        assert remind_of_milestones() == 0


def test_not_where_the_round_has_no_such_date(
    told_round: Round, association: Organisation, coordinator: User
) -> None:
    chosen(told_round, association, coordinator)
    moment = due(told_round, "midreview_on")
    Round.objects.update(midreview_on=None)
    with clock.playing_at(moment):
        remind_of_milestones()
    assert not Letter.objects.filter(kind="midreview-reminder").exists()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_in_the_readers_language(
    told_round: Round, association: Organisation, coordinator: User, language: str
) -> None:
    coordinator.language = language
    coordinator.save()
    chosen(told_round, association, coordinator)
    for field in MILESTONES:
        with clock.playing_at(due(told_round, field)):
            remind_of_milestones()
    letters = Letter.objects.filter(recipient=coordinator.email)
    assert {letter.kind for letter in letters} >= {"contract-reminder", "fest-reminder"}
    assert all(letter.language == language for letter in letters)
    assert not any("{" in letter.text or "%(" in letter.text for letter in letters)


@pytest.mark.parametrize("field", MILESTONES)
def test_teams_and_tutors_are_told_where_they_need_no_account(
    told_round: Round, association: Organisation, coordinator: User, staff: User, field: str
) -> None:
    for number in (1, 2):
        challenge = chosen(told_round, association, coordinator, number=number)
        challenge.working_language = "en"
        challenge.save()
    # A tutor who is one of the institution's staff gets one letter, the staff's.
    Team.objects.filter(challenge=challenge).update(tutor_email=staff.email.upper())
    with clock.playing_at(due(told_round, field)):
        remind_of_milestones()
    letters = Letter.objects.filter(kind=MILESTONES[field][0].kind.name)
    team = letters.get(recipient="team1@example.org")
    assert team.language == "en"
    assert f"/en/rounds/{told_round.slug}/" in team.text
    tutor = letters.get(recipient="tutor@example.org")
    assert tutor.language == "fi"
    assert "Haaste 1" in tutor.text
    assert "Haaste 2" not in tutor.text
    assert "/manage/" in letters.get(recipient=staff.email).text
    # Two contact people and two deputies, two teams, a tutor, the coordinator and the staff.
    assert letters.count() == 9
    assert people_of_projects(Round.objects.get(pk=told_round.pk)) == 9
