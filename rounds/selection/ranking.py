"""The order that the coordinator gives the challenges on the board."""

from __future__ import annotations

from collections.abc import Sequence

from minno_portal.errors import WrongState
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.locks import lock_round
from rounds.planning.models import Round
from rounds.selection.assessing.visibility import Sight, sight_of
from rounds.selection.models import Ranking
from rounds.selection.standings import Standings, in_board_order, standings_of, voices_of


def in_order_seen(
    challenges: Sequence[Challenge], standings: Standings, sight: Sight
) -> list[Challenge]:
    """Order the board for one person: means they do not see yet must not show by the order.

    :param challenges: read with `select_related("ranking")`.
    """
    seen = {each.pk for each in challenges if sight.sees(each)}
    return in_board_order(
        challenges, {key: by_party for key, by_party in standings.items() if key in seen}
    )


@service
def move_in_ranking(challenge_id: int, *, position: int, actor: User) -> list[int]:
    """Give a challenge the place `position` (from 1) on the board; the others make room.

    A place beyond the last one means the last.

    :returns: the ids of the challenges in their new order.
    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the decisions have been announced or the challenge was withdrawn.
    """
    round_ = lock_round(Challenge.objects.only("round_id").get(pk=challenge_id).round_id)
    require_permission("rounds.rank_challenges", actor, round_)
    if round_.announced_at is not None:
        raise WrongState
    order = _present_order(round_, actor)
    if challenge_id not in order:
        raise WrongState
    order.remove(challenge_id)
    order.insert(min(max(position, 1), len(order) + 1) - 1, challenge_id)
    _write(round_, order)
    return order


def _present_order(round_: Round, actor: User) -> list[int]:
    """Return the order as the actor saw it: that is what they are moving in."""
    on_board = Challenge.objects.submitted().exclude(status=Status.WITHDRAWN)
    challenges = list(on_board.filter(round=round_).select_related("ranking"))
    ordered = in_order_seen(challenges, standings_of(voices_of(round_.pk)), sight_of(round_, actor))
    return [challenge.pk for challenge in ordered]


def _write(round_: Round, order: Sequence[int]) -> None:
    Ranking.objects.filter(round=round_).exclude(challenge__in=order).delete()
    # The unique places are checked at the end of the transaction, so they may cross here.
    Ranking.objects.bulk_create(
        [
            Ranking(round=round_, challenge_id=pk, position=place)
            for place, pk in enumerate(order, 1)
        ],
        update_conflicts=True,
        unique_fields=["challenge"],
        update_fields=["position"],
    )
