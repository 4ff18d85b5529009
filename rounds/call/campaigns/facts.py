"""What higher steps know of a round and its associations: each registers it in its handlers.py.

The call stands below the challenges. What is told here goes into letters to the public: only
challenges that have been told and may be published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from rounds.planning.models import Round

Chosen = Callable[[Round], list[str]]
Submitted = Callable[[Round, dt.datetime], set[int]]

_chosen: list[Chosen] = []
_submitted: list[Submitted] = []


def tells_chosen(provider: Chosen) -> Chosen:
    """Register what gives the chosen challenges that anybody may be told of, a line each."""
    _chosen.append(provider)
    return provider


def tells_submitted(provider: Submitted) -> Submitted:
    """Register what gives the ids of the associations that submitted something since a moment."""
    _submitted.append(provider)
    return provider


def chosen_of(round_: Round) -> list[str]:
    """Return the chosen challenges of a round that anybody may be told of, a line each."""
    return [line for provider in _chosen for line in provider(round_)]


def submitted_since(round_: Round, moment: dt.datetime) -> set[int]:
    """Return the ids of the associations that submitted something to the round since `moment`."""
    return {pk for provider in _submitted for pk in provider(round_, moment)}
