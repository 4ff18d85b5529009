"""The reserve of a round: in which order it moves up, and who may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.consent import has_consent
from rounds.selection.enums import Outcome
from rounds.selection.models import Decision, Proposal

LAST = float("inf")


@dataclass(frozen=True, slots=True)
class InReserve:
    """A challenge in reserve; only one that the institution has agreed to can take a place."""

    challenge: Challenge
    is_agreed: bool


def reserve_of(round_: Round) -> list[InReserve]:
    """Return a round's reserve in its order (two queries).

    The order is that of the packets in which each stood last: a second packet carries only what
    changed, so whoever stands in it comes after those of the first. Those that never stood in one
    follow, as they are ranked on the board. One that has lost a place it was told of is last.
    """
    chosen = Decision.objects.filter(
        challenge=OuterRef("pk"), outcome=Outcome.CONFIRMED, announced_at__isnull=False
    )
    challenges = list(
        Challenge.objects.filter(round=round_, status=Status.RESERVE)
        .select_related("ranking", "organisation")
        .annotate(has_consent=has_consent(), had_a_place=Exists(chosen))
        .order_by("number")
    )
    proposals = Proposal.objects.filter(challenge__in=challenges).order_by("packet__number")
    positions = {
        challenge: (packet, position)
        for challenge, packet, position in proposals.values_list(
            "challenge", "packet__number", "position"
        )
    }

    def place(challenge: Any) -> tuple[bool, tuple[float, float], float]:
        ranking = getattr(challenge, "ranking", None)
        ranked = ranking.position if ranking else LAST
        return challenge.had_a_place, positions.get(challenge.pk, (LAST, LAST)), ranked

    return [
        InReserve(each, each.has_consent)  # type: ignore[attr-defined]
        for each in sorted(challenges, key=place)
    ]


def next_in_reserve(round_: Round) -> Challenge | None:
    """Return the challenge that takes the next free place: the first that is agreed to."""
    return next((each.challenge for each in reserve_of(round_) if each.is_agreed), None)
