"""Sending a packet of proposals to the institution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge, move
from rounds.planning.locks import lock_round
from rounds.planning.models import Round
from rounds.selection import errors
from rounds.selection.consent import has_consent
from rounds.selection.enums import Outcome
from rounds.selection.models import Packet, Proposal
from rounds.selection.places import places_of
from rounds.selection.proposing import letters
from rounds.selection.proposing.assessed import Assessed, assessed_of
from rounds.selection.proposing.candidates import proposable
from rounds.selection.proposing.sent import latest_proposals, submitted_content


@dataclass(frozen=True, slots=True)
class PacketItem:
    """One line of a packet: what the coordinator suggests of a challenge, and why."""

    challenge_id: int
    suggested: str
    rationale: str = ""


@service
def send_packet(round_id: int, *, items: Sequence[PacketItem], message: str, actor: User) -> Packet:
    """Propose challenges to the institution in the given order, as they stand now.

    The text and what both parties' assessments say are kept with each proposal, whatever becomes
    of them later. Everybody of the institution's staff gets a letter, in their own language.

    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises EmptyPacket: when nothing is proposed.
    :raises UnknownOutcome: when a challenge stands twice or a suggestion is not known.
    :raises AgreedInReserve: when a challenge is in reserve with the institution's consent.
    :raises WrongState: when a challenge is neither submitted nor in reserve, or of another round.
    :raises CapacityFull: when more are suggested as confirmed than there are places left.
    :raises NobodyToAnswer: when nobody but the actor could answer.
    """
    round_ = lock_round(round_id)
    require_permission("rounds.send_packet", actor, round_)
    _check_items(round_, items)
    readers = letters.packet_readers(round_, without=actor)
    if not readers:
        raise errors.NobodyToAnswer
    ids = [item.challenge_id for item in items]
    again = len(latest_proposals(ids))
    packet = Packet.objects.create(
        round=round_,
        number=next_number(round_),
        message=message.strip(),
        sent_by=actor,
        sent_at=clock.now(),
    )
    assessed = assessed_of(round_id, ids)
    for position, item in enumerate(items, 1):
        _propose(packet, position, item, assessed[item.challenge_id], actor)
    letters.queue_packet(packet, len(items), again, readers)
    return packet


def next_number(round_: Round) -> int:
    """Return the number of the round's next packet."""
    return (round_.packets.aggregate(last=Max("number"))["last"] or 0) + 1


def _check_items(round_: Round, items: Sequence[PacketItem]) -> None:
    if not items:
        raise errors.EmptyPacket
    ids = [item.challenge_id for item in items]
    if len(set(ids)) < len(ids) or any(item.suggested not in Outcome.values for item in items):
        raise errors.UnknownOutcome
    chosen = Challenge.objects.filter(pk__in=ids, round=round_)
    if chosen.filter(has_consent(), status=Status.RESERVE).exists():
        raise errors.AgreedInReserve
    if proposable(round_).filter(pk__in=ids).count() < len(ids):
        raise WrongState
    wanted = sum(item.suggested == Outcome.CONFIRMED for item in items)
    if wanted > places_of(round_).left:
        raise errors.CapacityFull


def _propose(
    packet: Packet, position: int, item: PacketItem, assessed: Assessed, actor: User
) -> None:
    challenge = lock_challenge(item.challenge_id)
    move(challenge, "propose", actor=actor)
    proposal = unsaved_proposal(packet, position, item, challenge, assessed)
    proposal.proposed_by = actor
    proposal.save()


def unsaved_proposal(
    packet: Packet, position: int, item: PacketItem, challenge: Challenge, assessed: Assessed
) -> Proposal:
    """Return a line of a packet as it would be sent now: with the text and what is said of it."""
    version, content = submitted_content(challenge)
    return Proposal(
        packet=packet,
        challenge=challenge,
        position=position,
        suggested=item.suggested,
        rationale=item.rationale.strip(),
        snapshot=content,
        version=version,
        assessed=assessed,
    )
