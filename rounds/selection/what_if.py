"""What a set of challenges would cover, and which sets look best: plain data, no decision.

A set is worth the mean of its challenges' means. Sets whose means look the same, to the one
decimal that is shown, are told apart by what they cover.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

# Sets are made of the best challenges alone: of 200 nobody could try every four.
TRIED = 12
MOST_SUGGESTED = 3
# Means are compared as they are shown.
DIGITS = 1
# Among the areas: the one that covers all of them.
NATIONAL = "national"


class Dimension(StrEnum):
    """In what respects a set may be wide or narrow."""

    AREA = "area"
    FIELD = "field"
    LANGUAGE = "language"
    FUND = "fund"
    NEWCOMER = "newcomer"


# What a challenge brings: in which respect, and what.
Trait = tuple[Dimension, str]
Traits = frozenset[Trait]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A challenge as far as choosing sets is concerned."""

    pk: int
    name: str
    mean: float | None
    place: int
    organisation: str = ""
    traits: Traits = frozenset()
    # The name of the party that has not assessed it.
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Swap:
    """One challenge that a set takes instead of another, whose mean is higher by `difference`."""

    taken: Candidate
    left_out: Candidate
    difference: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A set worth a look, with what speaks for it and what it costs."""

    picked: tuple[Candidate, ...]
    mean: float
    traits: Traits
    # How far the mean is from the highest that any set has.
    below: float = 0.0
    swaps: tuple[Swap, ...] = ()
    # What it covers and the set of the highest means does not.
    gains: Traits = field(default_factory=frozenset)


def mean_of(candidates: Iterable[Candidate]) -> float | None:
    """Return the mean of the candidates' means; None where none has one."""
    means = [each.mean for each in candidates if each.mean is not None]
    return sum(means) / len(means) if means else None


def traits_of(candidates: Iterable[Candidate]) -> Traits:
    """Return everything that the candidates bring together."""
    return frozenset().union(*(each.traits for each in candidates))


def covered(traits: Traits, dimension: Dimension, among: Traits) -> tuple[set[str], set[str]]:
    """Return what of `among` the traits cover in one respect, and what they do not.

    A challenge of the whole country covers every area.
    """
    wanted = {value for kind, value in among if kind == dimension}
    present = {value for kind, value in traits if kind == dimension}
    if dimension is Dimension.AREA and NATIONAL in present:
        return wanted, set()
    return wanted & present, wanted - present


def width(traits: Traits, among: Traits) -> float:
    """Return how wide a set is: the sum of the shares that it covers in each respect."""
    total = 0.0
    for dimension in Dimension:
        has, lacks = covered(traits, dimension, among)
        total += len(has) / (len(has) + len(lacks)) if has or lacks else 0.0
    return round(total, 6)


def suggest(
    candidates: Iterable[Candidate], *, places: int, kept: Sequence[Candidate] = ()
) -> list[Suggestion]:
    """Return the best sets, at most three, the best first.

    :param candidates: the challenges still open; those without any mean are left out.
    :param places: how many more can be chosen.
    :param kept: those that have their place already: what they cover counts.
    """
    ordered = sorted(
        (each for each in candidates if each.mean is not None),
        key=lambda each: (-(each.mean or 0.0), each.place),
    )
    size = min(places, len(ordered))
    if size < 1:
        return []
    best = ordered[:size]
    among = traits_of([*ordered, *kept])
    sets = [_plain(picked, kept) for picked in _highest(ordered[:TRIED], size)]
    sets.sort(key=lambda each: _rank(each, among))
    return [_explained(each, best, kept) for each in sets[:MOST_SUGGESTED]]


def _highest(tried: Sequence[Candidate], size: int) -> list[tuple[Candidate, ...]]:
    """Return the sets whose means leave them a chance, for the width of all would be dear."""
    shown = [
        (round(mean_of(picked) or 0.0, DIGITS), picked) for picked in combinations(tried, size)
    ]
    least = sorted((mean for mean, _picked in shown), reverse=True)[:MOST_SUGGESTED][-1]
    return [picked for mean, picked in shown if mean >= least]


def _plain(picked: tuple[Candidate, ...], kept: Sequence[Candidate]) -> Suggestion:
    return Suggestion(picked, mean_of(picked) or 0.0, traits_of([*picked, *kept]))


def _rank(suggestion: Suggestion, among: Traits) -> tuple[float, float, float, list[int]]:
    places = sorted(each.place for each in suggestion.picked)
    shown = round(suggestion.mean, DIGITS)
    return -shown, -width(suggestion.traits, among), -suggestion.mean, places


def _explained(
    suggestion: Suggestion, best: Sequence[Candidate], kept: Sequence[Candidate]
) -> Suggestion:
    taken = [each for each in suggestion.picked if each not in best]
    left_out = [each for each in best if each not in suggestion.picked]
    swaps = (
        Swap(new, old, (old.mean or 0.0) - (new.mean or 0.0))
        for new, old in zip(taken, left_out, strict=True)
    )
    return Suggestion(
        picked=suggestion.picked,
        mean=suggestion.mean,
        traits=suggestion.traits,
        below=(mean_of(best) or 0.0) - suggestion.mean,
        swaps=tuple(swaps),
        gains=_gains(suggestion.traits, traits_of([*best, *kept])),
    )


def _gains(traits: Traits, before: Traits) -> Traits:
    """Return what `traits` cover beyond `before`."""
    new = set()
    for dimension in Dimension:
        has, _lacks = covered(traits, dimension, traits)
        _has, lacks = covered(before, dimension, traits)
        new |= {(dimension, value) for value in has & lacks}
    return frozenset(new)
