"""How the assessments stand: weighted means, a party's mean and spread, the board's order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Exists, OuterRef

from rounds.challenges.models import Challenge
from rounds.selection.assessing.models import Recusal
from rounds.selection.enums import Party
from rounds.selection.models import Assessment


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's assessment of one challenge, its marks made into one number."""

    challenge_id: int
    party: str
    assessor_id: int
    mean: float | None
    done_at: dt.datetime | None
    # The number of the submitted version that was read.
    version: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """One party's view of a challenge: the mean of its people's means, and how far they differ."""

    mean: float | None = None
    spread: float = 0.0
    count: int = 0

    @property
    def veiled(self) -> Standing:
        """What somebody may know who has yet to give their own view: how many have, no marks."""
        return Standing(count=self.count)


def weighted_mean(scores: Mapping[int, int], weights: Mapping[int, int]) -> float | None:
    """Return the mean of `scores` by criterion, weighted; None where nothing is scored."""
    total = sum(weights[criterion] for criterion in scores)
    if not total:
        return None
    return sum(value * weights[criterion] for criterion, value in scores.items()) / total


def standing_of(means: Iterable[float]) -> Standing:
    """Return a party's standing from its people's means."""
    known = list(means)
    if not known:
        return Standing()
    return Standing(sum(known) / len(known), max(known) - min(known), len(known))


def voices_of(
    round_id: int,
    *,
    challenges: Sequence[int] | None = None,
    aside: Collection[tuple[int, int]] | None = None,
) -> list[Voice]:
    """Return every assessment of a round with its weighted mean, drafts too (one query).

    The view of somebody who stands aside is left out: it does not count.

    :param challenges: the ids of those asked about; None means all.
    :param aside: who stands aside from what (ids of challenge and person), where it is known.
    """
    assessments = Assessment.objects.filter(challenge__round=round_id)
    if aside is None:
        away = Recusal.objects.filter(challenge=OuterRef("challenge"), user=OuterRef("assessor"))
        assessments = assessments.filter(~Exists(away))
    if challenges is not None:
        assessments = assessments.filter(challenge__in=challenges)
    with_mean: Any = assessments.with_mean().order_by("pk")
    columns = [column.name for column in fields(Voice)]
    voices = [Voice(*row) for row in with_mean.values_list(*columns)]
    return [each for each in voices if (each.challenge_id, each.assessor_id) not in (aside or ())]


Standings = dict[int, dict[str, Standing]]


def standings_of(voices: Iterable[Voice]) -> Standings:
    """Return each challenge's standings by party; only assessments that are done count."""
    means: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for voice in voices:
        if voice.done_at is not None and voice.mean is not None:
            means[voice.challenge_id][voice.party].append(voice.mean)
    return {
        challenge: {party: standing_of(by_party[party]) for party in Party.values}
        for challenge, by_party in means.items()
    }


def joint_mean(by_party: Mapping[str, Standing]) -> float | None:
    """Return the mean of the parties' means: each party weighs the same, however many assess."""
    means = [standing.mean for standing in by_party.values() if standing.mean is not None]
    return sum(means) / len(means) if means else None


def in_board_order(challenges: Iterable[Challenge], standings: Standings) -> list[Challenge]:
    """Order the board: by the coordinator's ranking, then by the joint mean, then by number.

    :param challenges: read with `select_related("ranking")`.
    """

    def place(challenge: Challenge) -> tuple[float, float, int]:
        ranking = getattr(challenge, "ranking", None)
        mean = joint_mean(standings.get(challenge.pk, {}))
        return (
            ranking.position if ranking else float("inf"),
            -(mean or 0.0),
            challenge.number or 0,
        )

    return sorted(challenges, key=place)
