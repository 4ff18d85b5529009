"""The round's places: how many are taken or offered, and the refusal of one too many."""

from __future__ import annotations

from rounds.challenges.enums import TAKES_PLACE
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.enums import Outcome
from rounds.selection.errors import CapacityFull
from rounds.selection.models import Proposal


def places_taken(round_: Round) -> int:
    """How many of the round's places are taken by confirmed challenges."""
    return Challenge.objects.filter(round=round_, status__in=TAKES_PLACE).count()


def places_offered(round_: Round) -> int:
    """How many places the proposals that wait for an answer suggest to take."""
    return (
        Proposal.objects.waiting().filter(packet__round=round_, suggested=Outcome.CONFIRMED).count()
    )


def take_place(round_: Round, challenge: Challenge) -> None:
    """Refuse unless a place is free for a challenge that has none.

    :param round_: locked, so that the count holds until the caller has written.
    :raises CapacityFull: when every place is taken.
    """
    if challenge.status not in TAKES_PLACE and places_taken(round_) >= round_.capacity:
        raise CapacityFull
