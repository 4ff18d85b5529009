"""Chosen challenges for the tests of the later steps."""

from __future__ import annotations

from minno_portal import clock
from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.projects.models import Team


def chosen(
    round_: Round,
    organisation: Organisation,
    decider: User,
    *,
    number: int = 1,
    status: str = Status.CONFIRMED,
    told: bool = True,
    team: bool = True,
) -> Challenge:
    """Make a challenge that has been decided, with a team where one is wanted."""
    moment = clock.now()
    challenge = Challenge.objects.create(
        round=round_,
        organisation=organisation,
        status=status,
        number=number,
        reference=round_.reference(number),
        contact_name="Yhdyshenkilö",
        contact_email=f"contact{number}@example.org",
        deputy_name="Varahenkilö",
        deputy_email=f"deputy{number}@example.org",
        title=f"Haaste {number}",
        summary="Tiivistelmä",
        may_publish=True,
        submitted_at=moment,
        decided_at=moment,
        decided_by=decider,
        announced_at=moment if told else None,
    )
    if team:
        Team.objects.create(
            challenge=challenge,
            name=f"Tiimi {number}",
            contact_email=f"team{number}@example.org",
            tutor_name="Ohjaaja",
            tutor_email="tutor@example.org",
        )
    return challenge
