"""The decision log of a round: who did what, when and why, from the first packet on.

What is not written in a row of its own (who told a decision, who took one back) is read from the
history that the database keeps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.deciding.log_events import Turn, turns_of
from rounds.selection.deciding.models import Correction, Participation
from rounds.selection.enums import Answer, Outcome
from rounds.selection.models import Decision, Packet, Proposal


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that happened; `note` is for the two parties alone."""

    at: dt.datetime
    who: str
    what: str | Promise
    kind: str
    challenge: Challenge | None = None
    why: str = ""
    note: str = ""


def log_of(round_: Round) -> list[LogEntry]:
    """Return a round's log, the oldest first (seven queries at most, at any size)."""
    entries = [
        *_packets(round_),
        *_answers(round_),
        *_decisions(round_),
        *_corrections(round_),
        *_participations(round_),
    ]
    return sorted(entries, key=lambda entry: entry.at)


def _packets(round_: Round) -> Iterator[LogEntry]:
    packets = Packet.objects.filter(round=round_).select_related("sent_by")
    for packet in packets.order_by("number"):
        text = _("Sent packet %(number)d to %(institution)s") % {
            "number": packet.number,
            "institution": round_.partnership.institution.shown_name,
        }
        yield LogEntry(packet.sent_at, str(packet.sent_by), text, "packet", note=packet.message)


def _answers(round_: Round) -> Iterator[LogEntry]:
    proposals = Proposal.objects.filter(packet__round=round_).select_related(
        "packet", "challenge", "proposed_by", "answered_by"
    )
    for each in proposals.order_by("packet__number", "position"):
        suggested = _("Proposed: %(outcome)s") % {"outcome": Outcome(each.suggested).label}
        who = str(each.proposed_by)
        at = each.packet.sent_at
        yield LogEntry(at, who, suggested, "proposal", each.challenge, note=each.rationale)
        if each.answered_at:
            answer = _("Answered: %(answer)s") % {"answer": Answer(each.answer).label}
            who, note = str(each.answered_by), each.answer_note
            yield LogEntry(each.answered_at, who, answer, "answer", each.challenge, note=note)


def _decisions(round_: Round) -> Iterator[LogEntry]:
    decisions = list(
        Decision.objects.filter(challenge__round=round_)
        .select_related("challenge", "decided_by")
        .order_by("decided_at", "pk")
    )
    earlier: dict[int, Decision] = {}
    for each in decisions:
        yield LogEntry(
            each.decided_at,
            str(each.decided_by),
            _decided(each, earlier.get(each.challenge_id)),
            "decision",
            each.challenge,
            why=each.reason,
            note=each.internal_note,
        )
        earlier[each.challenge_id] = each
    yield from _turns(decisions)


def _decided(decision: Decision, earlier: Decision | None) -> str:
    outcome = {"outcome": decision.get_outcome_display()}
    if earlier is None:
        return _("Decided: %(outcome)s") % outcome
    if (earlier.outcome, decision.outcome) == (Outcome.RESERVE, Outcome.CONFIRMED):
        return _("Took a place from the reserve: %(outcome)s") % outcome
    return _("Decided anew: %(outcome)s") % outcome


def _turns(decisions: Iterable[Decision]) -> Iterator[LogEntry]:
    by_id = {each.pk: each for each in decisions}
    turns = turns_of(by_id)
    people = User.objects.in_bulk({each.who_id for each in turns if each.who_id})
    words = {
        Turn.TOLD: _("Told the association: %(outcome)s"),
        Turn.TAKEN_BACK: _("Took the decision back: %(outcome)s"),
        Turn.STANDS_AGAIN: _("The decision stands again: %(outcome)s"),
    }
    for turn in turns:
        decision = by_id[turn.decision_id]
        text = words[turn.turn] % {"outcome": decision.get_outcome_display()}
        who = str(people.get(turn.who_id, "–")) if turn.who_id else "–"
        yield LogEntry(turn.at, who, text, turn.turn.value, decision.challenge)


def _corrections(round_: Round) -> Iterator[LogEntry]:
    corrections = Correction.objects.filter(decision__challenge__round=round_).select_related(
        "decision__challenge", "sent_by"
    )
    for each in corrections:
        challenge = each.decision.challenge
        text = _("Sent a correction")
        who = str(each.sent_by)
        yield LogEntry(each.sent_at, who, text, "correction", challenge, why=each.text)


def _participations(round_: Round) -> Iterator[LogEntry]:
    confirmed = Participation.objects.filter(
        challenge__round=round_, confirmed_at__isnull=False
    ).select_related("challenge", "confirmed_by")
    for each in confirmed:
        if each.confirmed_at:
            text = _("Confirmed that the association takes part")
            yield LogEntry(
                each.confirmed_at, str(each.confirmed_by), text, "participation", each.challenge
            )
