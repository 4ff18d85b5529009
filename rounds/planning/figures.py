"""Figures of a round that planning can count without knowing the later steps' rules."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from rounds.planning.models import Round


@dataclass(frozen=True, slots=True)
class Figure:
    """How many challenges have one status."""

    status: str
    name: str
    count: int


def challenges_by_status(round_: Round) -> list[Figure]:
    """Return the counts of a round's challenges, in the order of their life (one query).

    The model is reached through the round's own relation: this step stands below challenges.
    """
    challenges = round_.challenges
    names = dict(challenges.model._meta.get_field("status").flatchoices)  # noqa: SLF001 (public API)
    rows = challenges.order_by().values_list("status").annotate(Count("pk"))
    counts: dict[str, int] = dict(rows)
    return [
        Figure(status, str(name), counts[status])
        for status, name in names.items()
        if status in counts
    ]
