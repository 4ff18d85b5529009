"""What associations have taken part in: the rounds tell it, the register shows it.

Rounds stand above organisations and register here what they know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from organisations.people.models import User


@dataclass(frozen=True, slots=True)
class TakingPart:
    """One line of an organisation's history: what it gave to which round, and how that went."""

    occasion: str
    title: str
    url: str
    status: str
    status_label: str | Promise
    on: dt.datetime | None


class Past(Protocol):
    """What a higher step tells of taking part, each as far as the person may see it."""

    def occasions(self, user: User) -> list[tuple[str, str]]:
        """Return keys and names of what one could take part in, the newest first."""

    def taking_part(self, user: User, occasion: str = "") -> QuerySet[Any]:
        """Return the ids of the organisations that took part, in one occasion or in any."""

    def latest(self, user: User, organisations: Iterable[int]) -> dict[int, str]:
        """Return the name of the latest occasion of each organisation that has one."""

    def history(self, user: User, organisation: int) -> list[TakingPart]:
        """Return everything the organisation took part in, the newest first."""


_pasts: list[Past] = []


def tells_past(past: Past) -> Past:
    """Register what tells of taking part; use it in handlers.py."""
    _pasts.append(past)
    return past


def occasions(user: User) -> list[tuple[str, str]]:
    """Return the occasions to choose from in the register's filter."""
    return [occasion for past in _pasts for occasion in past.occasions(user)]


def took_part(user: User, occasion: str = "") -> Q:
    """Return the condition by which organisations that took part are found."""
    condition = Q(pk__in=[])
    for past in _pasts:
        condition |= Q(pk__in=past.taking_part(user, occasion))
    return condition


def latest(user: User, organisations: Iterable[int]) -> dict[int, str]:
    """Return the name of the latest occasion by organisation."""
    ids = list(organisations)
    found: dict[int, str] = {}
    for past in _pasts:
        found |= past.latest(user, ids)
    return found


def history(user: User, organisation: int) -> list[TakingPart]:
    """Return everything one organisation took part in."""
    return [line for past in _pasts for line in past.history(user, organisation)]
