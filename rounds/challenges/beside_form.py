"""What later steps tell a reader of the form, such as what challenges are assessed by.

Their handlers.py registers a function here; this step asks nothing of them.
"""

from __future__ import annotations

from rounds.call.sections import Provider, Section
from rounds.planning.models import Round

_providers: list[Provider] = []


def provides_beside_form(provider: Provider) -> Provider:
    """Register a function that tells something beside a round's form; use it as a decorator."""
    _providers.append(provider)
    return provider


def beside_form(round_: Round) -> list[Section]:
    """Return the parts that have something to show, in the order of the steps."""
    return [found for provider in _providers if (found := provider(round_)).items]
