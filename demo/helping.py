"""How the coordinator helps two challenges of the sample year into shape."""

from __future__ import annotations

import datetime as dt

from demo.crew import Crew
from demo.files import calls_by_hour
from demo.year import DAY, WEEK, at
from minno_portal import clock
from rounds.challenges.attachments.services import add_attachment
from rounds.challenges.enums import Visibility
from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.helping.models import CompletionPoint
from rounds.challenges.helping.services import Mark, mark_quality, tick_point
from rounds.challenges.models import Challenge
from rounds.challenges.services import add_comment, ask_completion, save_section, submit_challenge

MARKS = {
    QualityPoint.CLEAR.value: Mark(Verdict.GOOD),
    QualityPoint.ONE_PROBLEM.value: Mark(
        Verdict.GOOD, "Yksi ongelma, joka on helppo selittää tiimille."
    ),
    QualityPoint.TARGET_GROUP.value: Mark(
        Verdict.COULD_BE_CLEARER, "Kuinka monta soittajaa illassa? Ketkä heistä jäävät jonoon?"
    ),
    QualityPoint.CHANGE.value: Mark(Verdict.GOOD),
    QualityPoint.SUPPORT.value: Mark(
        Verdict.MISSING, "Kertokaa, kuka kolmesta järjestöstä on tiimin yhdyshenkilö."
    ),
}
CHANGES = {
    "need": "Joka neljäs soitto jää vastaamatta, vaikka vapaaehtoisia on kolmessa järjestössä "
    "yhteensä 150. Ruuhkaisimpina iltoina jonossa on 20 soittajaa.",
    "target_group": "Tukipuhelimeen iltaisin soittavat ihmiset, noin 60 soittajaa illassa",
}


def shape(crew: Crew, challenge: Challenge, *, day: dt.date) -> None:
    """Look at a challenge, ask for two points and get them in a second version."""
    coordinator = crew.coordinator
    giver = crew.contacts["malli"]
    with at(day, 12, 5):
        mark_quality(challenge.pk, marks=MARKS, actor=coordinator)
        add_comment(
            challenge.pk,
            body="Kolme järjestöä yhdessä: sopisi hyvin iltamuodon tiimille.",
            visibility=Visibility.PARTIES,
            actor=coordinator,
        )
    with at(day, 12, 20):
        points = [mark.note for mark in MARKS.values() if mark.verdict != Verdict.GOOD]
        ask_completion(
            challenge.pk,
            comment="Hieno aihe! Kaksi pientä tarkennusta vielä, niin tiimi pääsee heti alkuun.",
            due_on=clock.today() + WEEK,
            points=points,
            actor=coordinator,
        )
    with at(day + DAY, 9, 30):
        add_attachment(challenge.pk, upload=calls_by_hour(), actor=giver)
        save_section(challenge.pk, section="challenge", values=CHANGES, version=None, actor=giver)
        for point in CompletionPoint.objects.filter(challenge=challenge):
            tick_point(point.pk, done=True, actor=giver)
    with at(day + DAY, 9, 45):
        submit_challenge(challenge.pk, accepted_terms=False, actor=giver)
