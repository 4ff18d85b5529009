"""What both the finished and the running selection of the sample year do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from demo.crew import Crew
from demo.sample_data import Entry
from demo.year import at
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.enums import Answer, Outcome
from rounds.selection.models import Packet
from rounds.selection.services import (
    PacketItem,
    announce_decisions,
    answer_proposal,
    move_in_ranking,
    save_assessment,
    send_packet,
    write_reason,
)

Given = Sequence[tuple[Entry, Challenge]]

RATIONALE = "Tarve on todellinen, haaste on rajattu ja järjestö on mukana viikoittain."
MESSAGE = "Tässä esityksemme. Vastaan mielelläni kysymyksiin ennen kuin vastaatte."


def assess(crew: Crew, given: Given, *, day: dt.date) -> None:
    """Let both parties assess: an entry's `scores` are the coordinator's and the institution's."""
    for entry, challenge in given:
        criteria = challenge.round.criteria.values_list("pk", flat=True)
        for actor, scores in zip((crew.coordinator, crew.staff), entry["scores"], strict=True):
            if scores:
                with at(day, 13):
                    save_assessment(
                        challenge.pk,
                        scores=dict(zip(criteria, scores, strict=True)),
                        comment="",
                        done=True,
                        actor=actor,
                    )


def rank(crew: Crew, challenges: Sequence[Challenge]) -> None:
    """Put the challenges on the board in the given order."""
    for position, challenge in enumerate(challenges, start=1):
        move_in_ranking(challenge.pk, position=position, actor=crew.coordinator)


def propose(crew: Crew, made: Round, chosen: Given) -> Packet:
    """Send a packet that suggests confirming each of `chosen`."""
    items = [PacketItem(challenge.pk, Outcome.CONFIRMED, RATIONALE) for _entry, challenge in chosen]
    return send_packet(made.pk, items=items, message=MESSAGE, actor=crew.coordinator)


def confirm_all(crew: Crew, packet: Packet) -> None:
    """Let the institution agree to every proposal of a packet."""
    for proposal in packet.proposals.all():
        answer_proposal(proposal.pk, answer=Answer.AGREE, note="", actor=crew.staff)


def announce(crew: Crew, made: Round, confirmed: Given) -> None:
    """Write the reasons and tell everybody."""
    for entry, challenge in confirmed:
        write_reason(challenge.pk, reason=entry["reason"], internal_note="", actor=crew.coordinator)
    announce_decisions(made.pk, actor=crew.coordinator)
