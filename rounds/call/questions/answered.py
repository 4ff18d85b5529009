"""Which own questions have been answered: the steps that keep answers tell it here.

The call stands below the challenges, so it asks nothing of them; they register a function in
their handlers.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

# Given a round's id, how many challenges answer each own question, by `OwnQuestion.field`.
Provider = Callable[[int], Mapping[str, int]]

_providers: list[Provider] = []


def provides_answer_counts(provider: Provider) -> Provider:
    """Register a function that counts answers; use it as a decorator."""
    _providers.append(provider)
    return provider


def answer_counts(round_id: int) -> dict[str, int]:
    """Return how many challenges answer each own question; those that nobody does are left out."""
    counts: Counter[str] = Counter()
    for provider in _providers:
        for field, count in provider(round_id).items():
            counts[field] = max(counts[field], count)
    return {field: count for field, count in counts.items() if count}
