"""What has been proposed of a challenge before, and what it says now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from rounds.challenges.content import snapshot
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge, Revision
from rounds.planning.models import Round
from rounds.selection.enums import Answer, Outcome
from rounds.selection.models import Packet, Proposal

Content = dict[str, Any]


def proposals_of(round_: Round) -> list[Proposal]:
    """Return every proposal of a round, in the order of the packets (one query)."""
    rows = Proposal.objects.filter(packet__round=round_)
    return list(rows.select_related("packet__sent_by", "answered_by").order_by("packet__number"))


def latest_proposals(
    challenges: Iterable[int], *, before: int | None = None
) -> dict[int, Proposal]:
    """Return each challenge's latest proposal, where there is one (one query).

    :param before: only of packets with a smaller number.
    """
    rows = (
        Proposal.objects.filter(challenge__in=challenges)
        .select_related("packet", "answered_by")
        .order_by("packet__number")
    )
    if before is not None:
        rows = rows.filter(packet__number__lt=before)
    return {proposal.challenge_id: proposal for proposal in rows}


def submitted_content(challenge: Challenge) -> tuple[int, Content]:
    """Return the number and the text of the version that was submitted last."""
    revision = challenge.revisions.order_by("number").last()
    return (revision.number, revision.content) if revision else (1, snapshot(challenge))


def submitted_now(challenges: Iterable[int]) -> dict[int, Revision]:
    """Return the version of each challenge that was submitted last (one query)."""
    rows = Revision.objects.filter(challenge__in=challenges)
    return {row.challenge_id: row for row in rows.order_by("number")}


def reserves_ahead(packet: Packet, challenges: Iterable[int]) -> int:
    """Return how many of earlier packets wait in reserve before those of this one.

    Where there is no earlier packet, nothing is read.

    :param challenges: those of this packet.
    """
    if packet.number == 1:
        return 0
    ahead = Proposal.objects.filter(
        packet__round=packet.round_id,
        packet__number__lt=packet.number,
        suggested=Outcome.RESERVE,
        answer__in=("", Answer.AGREE),
        challenge__status__in=(Status.PROPOSED, Status.RESERVE),
    )
    proposed_again = models.Q(challenge__proposals__packet__number__gte=packet.number)
    ahead = ahead.exclude(proposed_again | models.Q(challenge__in=challenges))
    return int(ahead.order_by().values("challenge").distinct().count())


def reserve_places(suggestions: Iterable[str], ahead: int = 0) -> list[int | None]:
    """Return for each suggestion of a packet its place in the reserve, None for others.

    :param ahead: how many wait before those of this packet.
    """
    places: list[int | None] = []
    count = ahead
    for suggested in suggestions:
        count += suggested == Outcome.RESERVE
        places.append(count if suggested == Outcome.RESERVE else None)
    return places
