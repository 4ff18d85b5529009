"""Locks: a round is always locked before what belongs to it."""

from __future__ import annotations

from rounds.planning.models import Round


def lock_round(round_id: int) -> Round:
    """Return the round with its partnership, locked until the transaction ends.

    :raises Round.DoesNotExist: when there is no such round.
    """
    round_: Round = (
        Round.objects.select_for_update(of=("self",))
        .select_related("partnership__coordinator", "partnership__institution")
        .get(pk=round_id)
    )
    return round_
