"""Who sees the others' marks and comments: by default only who has given their own.

An assessor who reads the others first agrees with them too easily. That protects the assessing,
not the deciding: once a challenge stands in a packet that was sent, both parties see what was said
of it. Asked everywhere where marks, means or comments of other people are shown: the board, pages
of a challenge, tables, the dossier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.assessing.models import Recusal
from rounds.selection.enums import ASSESSED_APART
from rounds.selection.models import Assessment
from rounds.selection.standings import Standing


class Voice(Protocol):
    """An assessment as far as it matters here; `Assessment` and `standings.Voice` fit."""

    @property
    def challenge_id(self) -> int:
        """Which challenge."""

    @property
    def assessor_id(self) -> int:
        """Whose view it is."""

    @property
    def done_at(self) -> dt.datetime | None:
        """When it began to count, None for a draft."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person sees of the others' marks and comments in one round."""

    everything: bool = False
    # Challenges whose assessment the person has done or stands aside from.
    settled: frozenset[int] = frozenset()
    # Organisations whose challenges the person may not assess anyway.
    conflicting: frozenset[int] = frozenset()

    def sees(self, challenge: Challenge, *, as_sent: bool = False) -> bool:
        """Whether the others' marks and comments of a challenge show.

        They do when there is no independent view left to give: it is given, the person stands
        aside or comes from the giver, or the challenge has been proposed or decided.

        :param as_sent: what is shown is what a sent packet keeps of them: that is read by those
            who decide, also when a challenge has come back and is assessed anew.
        """
        return (
            as_sent
            or self.everything
            or challenge.pk in self.settled
            or challenge.organisation_id in self.conflicting
            or challenge.status not in ASSESSED_APART
        )


def veil(standing: Standing) -> Standing:
    """Return a party's standing without its marks: how many have assessed is no secret."""
    return Standing(count=standing.count)


def is_open_to_parties(round_: Round) -> bool:
    """Whether everybody of both parties sees everything: asked for files that are for all."""
    return (
        not round_.assesses_unseen
        or round_.announced_at is not None
        or round_.archived_at is not None
    )


def sees_everything(round_: Round, user: User) -> bool:
    """Whether nothing of the round's assessments is kept from `user`."""
    return user.is_superuser or is_open_to_parties(round_)


def sight_from(
    round_: Round, user: User, *, voices: Iterable[Voice], aside: Iterable[tuple[int, int]]
) -> Sight:
    """Return what `user` sees, from what has been read already (no query).

    :param voices: the round's assessments, drafts too; the others' may be among them.
    :param aside: pairs of a challenge's and a person's id: who stands aside from what.
    """
    if sees_everything(round_, user):
        return Sight(everything=True)
    done = {each.challenge_id for each in voices if each.assessor_id == user.pk and each.done_at}
    aside_from = {challenge for challenge, person in aside if person == user.pk}
    return Sight(settled=frozenset(done | aside_from), conflicting=frozenset(user.ties.conflicting))


def sight_of(round_: Round, user: User) -> Sight:
    """Return what `user` sees in a round (no query where that is everything, else two)."""
    if sees_everything(round_, user):
        return Sight(everything=True)
    mine = Assessment.objects.filter(
        challenge__round=round_, assessor=user, done_at__isnull=False
    ).only("challenge_id", "assessor_id", "done_at")
    return sight_from(round_, user, voices=mine, aside=standing_aside(round_, user=user))


def standing_aside(round_: Round, *, user: User | None = None) -> list[tuple[int, int]]:
    """Return who stands aside from what in a round, as pairs of ids (one query).

    :param user: only this person's.
    """
    recusals = Recusal.objects.filter(challenge__round=round_)
    if user is not None:
        recusals = recusals.filter(user=user)
    return list(recusals.order_by("pk").values_list("challenge_id", "user_id"))
