"""What waits for a person: each step registers what it knows, the first page shows it all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the first page: what to do, where, and by when (an aware moment or None)."""

    text: str
    url: str
    due_at: dt.datetime | None = None
    detail: str = ""


Provider = Callable[[Any], Iterable[Waiting]]

_providers: list[Provider] = []


def provides_waiting(provider: Provider) -> Provider:
    """Register a function that tells what waits for a user; use it as a decorator in handlers.py."""
    _providers.append(provider)
    return provider


def waiting_for(user: Any) -> list[Waiting]:
    """Return everything that waits for `user`, the oldest deadline first, undated last."""
    lines = [line for provider in _providers for line in provider(user)]
    dated = [line for line in lines if line.due_at is not None]
    undated = [line for line in lines if line.due_at is None]
    return sorted(dated, key=lambda line: line.due_at or dt.datetime.max) + undated
