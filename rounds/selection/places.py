"""The round's places: how many are taken or offered, and the refusal of one too many."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from rounds.challenges.enums import TAKES_PLACE, Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.enums import Outcome
from rounds.selection.errors import CapacityFull
from rounds.selection.models import Proposal


@dataclass(frozen=True, slots=True)
class Places:
    """How a round's places stand.

    `taken` by confirmed challenges, `offered` by proposals that wait for an answer and suggest to
    take one; `incomplete` challenges may still come to ask for one.
    """

    capacity: int
    taken: int
    offered: int
    incomplete: int

    @property
    def left(self) -> int:
        """How many can be suggested to be confirmed; never below none."""
        return max(self.capacity - self.taken - self.offered, 0)


def places_of(round_: Round) -> Places:
    """Return how a round's places stand (one query)."""
    offers = Proposal.objects.waiting().filter(
        challenge=OuterRef("pk"), suggested=Outcome.CONFIRMED
    )
    counts = Challenge.objects.filter(round=round_).aggregate(
        taken=Count("pk", filter=Q(status__in=TAKES_PLACE)),
        offered=Count("pk", filter=Exists(offers.order_by())),
        incomplete=Count("pk", filter=Q(status=Status.NEEDS_COMPLETION)),
    )
    return Places(capacity=round_.capacity, **counts)


def places_taken(round_: Round) -> int:
    """How many of the round's places are taken by confirmed challenges."""
    return Challenge.objects.filter(round=round_, status__in=TAKES_PLACE).count()


def take_place(round_: Round, challenge: Challenge) -> None:
    """Refuse unless a place is free for a challenge that has none.

    :param round_: locked, so that the count holds until the caller has written.
    :raises CapacityFull: when every place is taken.
    """
    if challenge.status not in TAKES_PLACE and places_taken(round_) >= round_.capacity:
        raise CapacityFull
