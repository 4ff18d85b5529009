from __future__ import annotations

from typing import Any

import pytest

from minno_portal.errors import NotAllowed, WrongState
from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.projects.models import Team
from rounds.projects.services import (
    NameTaken,
    NoTeam,
    NotTold,
    complete_project,
    name_team,
    start_project,
)
from tests.rounds.projects.cast import chosen

TEAM = {
    "name": "Tiimi A",
    "contact_email": " Tiimi@Example.org",
    "tutor_name": "Ohjaaja",
    "tutor_email": "tutor@example.org",
}


@pytest.mark.parametrize("who", ["coordinator", "staff"])
def test_both_parties_name_a_team(
    confirmed: Challenge, who: str, request: pytest.FixtureRequest
) -> None:
    team = name_team(confirmed.pk, **TEAM, actor=request.getfixturevalue(who))
    team.refresh_from_db()
    assert (team.name, team.contact_email) == ("Tiimi A", "tiimi@example.org")


@pytest.mark.parametrize("who", ["contact", "administrator", "stranger"])
@pytest.mark.parametrize("change", [start_project, complete_project])
def test_others_do_not_run_projects(
    confirmed: Challenge, who: str, change: Any, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        name_team(confirmed.pk, **TEAM, actor=actor)
    with pytest.raises(NotAllowed):
        change(confirmed.pk, actor=actor)
    assert not Team.objects.exists()


def test_a_team_is_corrected_in_place(running: Challenge, staff: User) -> None:
    team = running.teams.get()
    name_team(running.pk, **{**TEAM, "name": "Uusi nimi"}, actor=staff, team_id=team.pk)
    assert running.teams.get().name == "Uusi nimi"


def test_two_teams_do_not_share_a_name(running: Challenge, staff: User) -> None:
    with pytest.raises(NameTaken):
        name_team(running.pk, **{**TEAM, "name": "Tiimi 2"}, actor=staff)


def test_only_chosen_challenges_have_teams(
    call_round: Any, association: Organisation, coordinator: User
) -> None:
    challenge = chosen(call_round, association, coordinator, status=Status.NOT_SELECTED, team=False)
    with pytest.raises(WrongState):
        name_team(challenge.pk, **TEAM, actor=coordinator)


def test_a_project_starts_and_is_completed(confirmed: Challenge, staff: User) -> None:
    name_team(confirmed.pk, **TEAM, actor=staff)
    assert start_project(confirmed.pk, actor=staff).status == Status.RUNNING
    assert complete_project(confirmed.pk, actor=staff).status == Status.COMPLETED
    with pytest.raises(WrongState):
        complete_project(confirmed.pk, actor=staff)


def test_a_project_needs_a_team(confirmed: Challenge, staff: User) -> None:
    with pytest.raises(NoTeam):
        start_project(confirmed.pk, actor=staff)
    confirmed.refresh_from_db()
    assert confirmed.status == Status.CONFIRMED


def test_a_project_waits_for_the_announcement(
    call_round: Any, association: Organisation, coordinator: User
) -> None:
    challenge = chosen(call_round, association, coordinator, told=False)
    with pytest.raises(NotTold):
        start_project(challenge.pk, actor=coordinator)
    challenge.refresh_from_db()
    assert challenge.status == Status.CONFIRMED
