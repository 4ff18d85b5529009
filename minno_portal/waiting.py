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
    # The slug of the round that the line belongs to, so that the round's own page can show it.
    thread: str = ""


Provider = Callable[[Any], Iterable[Waiting]]

_providers: list[Provider] = []
_apart_from_rounds: set[Provider] = set()


def provides_waiting(provider: Provider) -> Provider:
    """Register a function that tells what waits for a user; decorates it in handlers.py."""
    _providers.append(provider)
    return provider


def apart_from_rounds(provider: Provider) -> Provider:
    """Tell that a provider speaks on the first page alone: a round's own page need not ask it."""
    _apart_from_rounds.add(provider)
    return provider


def _due(line: Waiting) -> dt.datetime:
    assert line.due_at is not None  # noqa: S101 (only dated lines are sorted)
    return line.due_at


def waiting_for(user: Any, *, thread: str = "") -> list[Waiting]:
    """Return what waits for `user`, the oldest deadline first, undated last.

    :param thread: a round's slug, to get only what waits in that round.
    """
    lines = [
        line
        for provider in _providers
        if not (thread and provider in _apart_from_rounds)
        for line in provider(user)
        if not thread or thread == line.thread or f"/{thread}/" in line.url
    ]
    dated = [line for line in lines if line.due_at is not None]
    undated = [line for line in lines if line.due_at is None]
    return sorted(dated, key=_due) + undated


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the first page that a step draws: a template and what it knows."""

    template: str
    context: dict[str, Any]


PanelProvider = Callable[[Any], Panel | None]

_panel_providers: list[PanelProvider] = []


def provides_panel(provider: PanelProvider) -> PanelProvider:
    """Register a function that gives a panel for a user, or None; use it in handlers.py."""
    _panel_providers.append(provider)
    return provider


def panels_for(user: Any) -> list[Panel]:
    """Return the panels of the steps that have something to show to `user`."""
    return [panel for provider in _panel_providers if (panel := provider(user)) is not None]
