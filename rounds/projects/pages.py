"""What the page of a round's projects shows."""

from __future__ import annotations

from dataclasses import dataclass

from organisations.people.models import User
from rounds.challenges.enums import TAKES_PLACE
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import TABLE
from rounds.planning.models import Round
from rounds.projects.models import Team
from rounds.projects.services import TAKES_TEAM


@dataclass(frozen=True, slots=True)
class Project:
    """One line: a chosen challenge, its teams and what the viewer may do with it now."""

    challenge: Challenge
    teams: list[Team]
    may_start: bool
    may_complete: bool
    may_name_team: bool


def projects_of(round_: Round, user: User) -> list[Project]:
    """Return the round's chosen challenges with their teams (two queries at any number)."""
    challenges = (
        round_.challenges.filter(status__in=TAKES_PLACE)
        .select_related("organisation")
        .prefetch_related("teams")
        .order_by("number")
    )
    return [_line(challenge, round_, user) for challenge in challenges]


def _line(challenge: Challenge, round_: Round, user: User) -> Project:
    challenge.round = round_
    actions = TABLE.open_actions(challenge, actor=user)
    teams = list(challenge.teams.all())
    may_run = "start" in actions or "complete" in actions
    return Project(
        challenge=challenge,
        teams=teams,
        may_start="start" in actions and challenge.is_told and bool(teams),
        may_complete="complete" in actions,
        may_name_team=may_run and challenge.status in TAKES_TEAM,
    )
