"""Figures of rounds that planning can count without knowing the later steps' rules.

Challenges are reached through the round's own relation: this step stands below theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from rounds.planning.models import Phase, Round, RoundQuerySet, WorkLog

# The statuses that take one of a round's places.
TAKES_PLACE = ("confirmed", "running", "completed")


@dataclass(frozen=True, slots=True)
class Figure:
    """How many challenges have one status."""

    status: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What several rounds have come to; days are working days."""

    rounds: int
    submitted: int
    confirmed: int
    capacity: int
    estimated: Decimal
    logged: Decimal


def challenges_by_status(round_: Round) -> list[Figure]:
    """Return the counts of a round's challenges, in the order of their life (one query)."""
    challenges = round_.challenges
    names = dict(challenges.model._meta.get_field("status").flatchoices)  # noqa: SLF001 (public API)
    rows = challenges.order_by().values_list("status").annotate(Count("pk"))
    counts: dict[str, int] = dict(rows)
    return [
        Figure(status, str(name), counts[status])
        for status, name in names.items()
        if status in counts
    ]


def with_figures(rounds: RoundQuerySet) -> RoundQuerySet:
    """Give each round `submitted`, `confirmed`, `estimated` and `logged`, in the same query."""
    phases = Phase.objects.filter(round=OuterRef("pk")).order_by()
    work = WorkLog.objects.filter(phase__round=OuterRef("pk")).order_by()
    return rounds.annotate(
        submitted=Count("challenges", filter=Q(challenges__submitted_at__isnull=False)),
        confirmed=Count("challenges", filter=Q(challenges__status__in=TAKES_PLACE)),
        estimated=Subquery(
            phases.values("round").annotate(days=Sum("estimated_days")).values("days")
        ),
        logged=Subquery(
            work.values("phase__round").annotate(days_in_all=Sum("days")).values("days_in_all")
        ),
    )


def totals_of(rounds: RoundQuerySet) -> Totals:
    """Return the figures of all of `rounds` together (one query)."""
    sums = with_figures(rounds).aggregate(
        rounds=Count("pk"),
        **{f"in_{name}": Sum(name) for name in ("submitted", "confirmed", "capacity")},
        **{f"in_{name}": Sum(name) for name in ("estimated", "logged")},
    )
    return Totals(
        rounds=sums["rounds"],
        submitted=sums["in_submitted"] or 0,
        confirmed=sums["in_confirmed"] or 0,
        capacity=sums["in_capacity"] or 0,
        estimated=sums["in_estimated"] or Decimal(0),
        logged=sums["in_logged"] or Decimal(0),
    )
