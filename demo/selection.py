"""A round in the middle of its selection: challenges in many states, a packet half answered."""

from __future__ import annotations

from demo import assessing, deciding, letters
from demo.crew import Crew
from demo.sample_data import Entry
from demo.selecting import Given, assess, propose, rank
from demo.year import DAY, WEEK, at, give, log, monday, open_round
from minno_portal import clock
from rounds.challenges.models import Challenge
from rounds.challenges.services import ask_completion
from rounds.planning.models import Round
from rounds.selection.enums import Answer, Outcome
from rounds.selection.services import answer_proposal, set_aside

WORKING_DAYS = {"continuity": "0.5", "announcing": "0.25", "form": "0.1", "shaping": "0.3"}
IN_PACKET = ("esimerkki", "stodringen", "malli")


def play(crew: Crew, sample: Entry) -> None:
    """Make the round so that its packet went out some days ago."""
    kickoff = monday(clock.today() + 4 * WEEK)
    made = open_round(crew, sample, kickoff=kickoff, form="day")
    given = [
        (entry, give(crew, made, entry, day=made.call_opens_at.date() + DAY * (4 + 4 * index)))
        for index, entry in enumerate(sample["challenge"])
    ]
    closed = made.call_closes_at.date()
    log(crew, made, WORKING_DAYS, on=closed)
    by_giver = {entry["by"]: challenge for entry, challenge in given}
    assessing.ask_everybody(crew, made, day=closed + DAY)
    assessing.declare_conflict(crew, by_giver["digirinki"], day=closed + 2 * DAY)
    assess(crew, given, day=closed + 3 * DAY)
    _choose(crew, made, given)


def _choose(crew: Crew, made: Round, given: Given) -> None:
    by_giver: dict[str, Challenge] = {entry["by"]: challenge for entry, challenge in given}
    in_order = [*IN_PACKET, *(giver for giver in by_giver if giver not in IN_PACKET)]
    today = clock.today()
    with at(today - 4 * DAY, 9):
        rank(crew, [by_giver[giver] for giver in in_order])
        for entry, challenge in given:
            if "ask" in entry:
                ask_completion(
                    challenge.pk,
                    comment=entry["ask"],
                    due_on=today + 5 * DAY,
                    points=entry["ask_points"],
                    actor=crew.coordinator,
                )
    assessing.complete_after_assessing(
        crew, "suunnannayttajat", by_giver["suunnannayttajat"], day=today - 3 * DAY
    )
    with at(today - 3 * DAY, 14):
        chosen = [pair for pair in given if pair[0]["by"] in IN_PACKET]
        chosen.sort(key=lambda pair: IN_PACKET.index(pair[0]["by"]))
        packet = propose(crew, made, chosen)
    with at(today - DAY, 15, 40):
        first = packet.proposals.order_by("position")[0]
        answer_proposal(first.pk, answer=Answer.AGREE, note="", actor=crew.staff)
        set_aside(
            by_giver["vertaissilta"].pk,
            outcome=Outcome.RESERVE,
            reason="Haaste on kiinnostava, mutta aineisto vaatii vielä rajaamista. "
            "Otamme yhteyttä, jos paikka vapautuu.",
            internal_note="Sopisi myös kevään iltamuotoon.",
            actor=crew.coordinator,
        )
        deciding.tell_ahead(crew, by_giver["esimerkki"])
        deciding.edit_a_letter(crew, by_giver["vertaissilta"])
        letters.hold_letter(crew, by_giver["esimerkki"])
