"""The views above the table: those that everybody has, and a person's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rounds.challenges.enums import Status
from rounds.challenges.table.filters import Filters

BUILT_IN: tuple[tuple[str | Promise, str], ...] = (
    (pgettext_lazy("challenges", "All"), ""),
    (pgettext_lazy("challenges", "Unread"), "only=unread"),
    (_("To be completed"), f"status={Status.NEEDS_COMPLETION.value}"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to a view; `pk` is that of a person's own."""

    name: str | Promise
    query: str
    is_current: bool
    pk: int | None = None


def tabs_of(filters: Filters) -> list[Tab]:
    """Return the views of the person who looks (one query); at most one is the present one."""
    present = filters.query()
    return [
        Tab(name, query, query == present, pk)
        for name, query, pk in (*((name, query, None) for name, query in BUILT_IN), *_own(filters))
    ]


def _own(filters: Filters) -> Iterator[tuple[str, str, int]]:
    """Yield own views, written as this round's addresses are: what it lacks falls away."""
    for pk, name, query in filters.user.saved_views.values_list("pk", "name", "query"):
        known = Filters.of(QueryDict(query), filters.round, filters.user)
        yield name, known.query(), pk
