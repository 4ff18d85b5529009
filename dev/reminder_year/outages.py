"""Hours in which nobody works: everything is down, or only what delivers letters."""

from __future__ import annotations

import random
from dataclasses import dataclass

LONGEST_HOURS = 5 * 24


@dataclass(frozen=True)
class Outages:
    """The hours of the year in which beat and workers, or only the mail worker, are down."""

    everything: frozenset[int]
    mail: frozenset[int]

    def scans(self, hour: int) -> bool:
        """Whether reminders are looked after in that hour."""
        return hour not in self.everything

    def delivers(self, hour: int) -> bool:
        """Whether letters are delivered in that hour."""
        return hour not in self.everything and hour not in self.mail


def at_random(chance: random.Random, hours: int, *, each: int) -> Outages:
    """Return outages of one hour to five days, spread over the year.

    :param each: how many of either kind.
    """
    return Outages(_hours(chance, hours, each), _hours(chance, hours, each))


def _hours(chance: random.Random, hours: int, count: int) -> frozenset[int]:
    found: set[int] = set()
    for _ in range(count):
        first = chance.randrange(hours)
        found.update(range(first, first + chance.randint(1, LONGEST_HOURS)))
    return frozenset(found)
