"""What later steps show on a round's public page: each registers what it knows.

The call stands below the challenges and the outcomes, so it asks nothing of them; their
handlers.py registers a function here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from rounds.planning.models import Round


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its heading, the template that draws it and what that template gets."""

    title: str | Promise
    template: str
    items: list[Any]


Provider = Callable[[Round], Section]

_providers: list[Provider] = []


def provides_section(provider: Provider) -> Provider:
    """Register a function that tells what to show of a round; use it as a decorator."""
    _providers.append(provider)
    return provider


def sections_of(round_: Round) -> list[Section]:
    """Return the parts that have something to show, in the order of the steps."""
    return [found for provider in _providers if (found := provider(round_)).items]
