"""How people are asked to assess in the sample year, and what happens meanwhile."""

from __future__ import annotations

import datetime as dt

from demo.crew import Crew
from demo.year import DAY, at
from minno_portal import clock
from rounds.challenges.models import Challenge
from rounds.challenges.services import ask_completion, save_section, submit_challenge
from rounds.planning.models import Round
from rounds.selection.assessing.sharing import share_out
from rounds.selection.assessing.workload import workload_of
from rounds.selection.enums import StandsAside
from rounds.selection.services import assign_assessors, stand_aside

CONFLICT = "Olen ollut mukana suunnittelemassa tätä haastetta järjestön kanssa."
ASKED = "Kuinka moni nuori ottaa yhteyttä vuodessa, ja kuinka moni heistä öisin?"
CHANGES = {
    "target_group": "16–22-vuotiaat, jotka eivät ole koulussa tai työssä: noin 900 nuorta "
    "vuodessa, joista puolet ottaa yhteyttä iltaisin tai öisin"
}


def ask_everybody(crew: Crew, made: Round, *, day: dt.date) -> None:
    """Share the challenges out among the people of both parties."""
    with at(day, 10):
        assign_assessors(made.pk, wanted=share_out(workload_of(made)), actor=crew.coordinator)


def declare_conflict(crew: Crew, challenge: Challenge, *, day: dt.date) -> None:
    """Let the institution's person stand aside from one challenge."""
    with at(day, 11, 15):
        stand_aside(challenge.pk, kind=StandsAside.CONFLICT, note=CONFLICT, actor=crew.staff)


def complete_after_assessing(crew: Crew, giver: str, challenge: Challenge, *, day: dt.date) -> None:
    """Let a challenge that has been assessed get a second version."""
    with at(day, 9, 10):
        ask_completion(
            challenge.pk,
            comment="Yksi tarkennus vielä.",
            due_on=clock.today() + 3 * DAY,
            points=[ASKED],
            actor=crew.coordinator,
        )
    actor = crew.contacts[giver]
    with at(day + DAY, 8, 50):
        save_section(challenge.pk, section="challenge", values=CHANGES, version=None, actor=actor)
    with at(day + DAY, 9, 5):
        submit_challenge(challenge.pk, accepted_terms=False, actor=actor)
