"""The public moments of a round; each step registers its own, with the facts it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from rounds.planning.models import Round

# Gives what the texts of a moment know beside the round; None while there is nothing to tell yet.
Facts = Callable[[Round], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that is told to the public.

    :param key: names the templates' folder and stands in addresses.
    :param not_yet: what the page says while there are no facts.
    :param page: the name of the public page that texts and the QR code lead to.
    """

    key: str
    label: Promise
    not_yet: Promise
    facts: Facts
    page: str = "public-round"
    page_is_of_round: bool = True


_moments: dict[str, Moment] = {}


def kit_moment(moment: Moment) -> Moment:
    """Register a moment; use it in a step's handlers, in the order in which moments come."""
    _moments[moment.key] = moment
    return moment


def every_moment() -> Iterable[Moment]:
    """Return the moments in the order in which they come."""
    return _moments.values()


def moment_called(key: str) -> Moment | None:
    """Return the moment of that key, None when there is none."""
    return _moments.get(key)
