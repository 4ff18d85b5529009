"""Teams and the life of a project: every change of a confirmed challenge's work."""

from __future__ import annotations

import rules
from django.utils.translation import gettext_lazy as _

from minno_portal.errors import NotAllowed, Refused, WrongState
from minno_portal.services import service
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge, move
from rounds.planning.locks import lock_round
from rounds.projects.models import Team

# While a challenge is in one of these, its team can be named and changed.
TAKES_TEAM = frozenset({Status.CONFIRMED, Status.RUNNING})


class NotTold(Refused):
    """The decision has not been announced: nothing of the project may show yet."""

    sentence = _("Tell the decisions first; a project starts when its association knows of it.")


class NoTeam(Refused):
    """A project cannot start without a team."""

    sentence = _("Name the team first, then start the project.")


class NameTaken(Refused):
    """The challenge has another team of this name."""

    sentence = _("This challenge already has a team with that name.")


@service
def name_team(
    challenge_id: int,
    *,
    name: str,
    contact_email: str,
    tutor_name: str,
    tutor_email: str,
    actor: User,
    team_id: int | None = None,
) -> Team:
    """Name a team of a chosen challenge, or with `team_id` correct one.

    :raises NotAllowed: when the actor is of neither party.
    :raises WrongState: when the challenge is not chosen, or its project is over.
    :raises NameTaken: when another team of the challenge has the name.
    """
    challenge = lock_challenge(challenge_id)
    if not rules.has_perm("rounds.run_project", actor, challenge):
        raise NotAllowed
    if challenge.status not in TAKES_TEAM:
        raise WrongState
    team = challenge.teams.get(pk=team_id) if team_id else Team(challenge=challenge)
    if challenge.teams.filter(name=name).exclude(pk=team.pk).exists():
        raise NameTaken
    team.name = name
    team.contact_email = contact_email.strip().lower()
    team.tutor_name = tutor_name
    team.tutor_email = tutor_email.strip().lower()
    team.save()
    return team


def _lock_with_round(challenge_id: int) -> Challenge:
    round_id = Challenge.objects.values_list("round_id", flat=True).get(pk=challenge_id)
    lock_round(round_id)
    return lock_challenge(challenge_id)


@service
def start_project(challenge_id: int, *, actor: User) -> Challenge:
    """Start the work on a confirmed challenge.

    :raises NotAllowed: when the actor is of neither party.
    :raises WrongState: when the challenge is not confirmed.
    :raises NotTold: when the association has not been told the decision.
    :raises NoTeam: when no team has been named.
    """
    challenge = _lock_with_round(challenge_id)
    move(challenge, "start", actor=actor)
    if not challenge.is_told:
        raise NotTold
    if not challenge.teams.exists():
        raise NoTeam
    return challenge


@service
def complete_project(challenge_id: int, *, actor: User) -> Challenge:
    """Close the work on a running project.

    :raises NotAllowed: when the actor is of neither party.
    :raises WrongState: when the project is not running.
    """
    challenge = _lock_with_round(challenge_id)
    move(challenge, "complete", actor=actor)
    return challenge
