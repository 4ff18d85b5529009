"""Conditions for the database that are cheap to put together."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q


def among(**ids: Collection[int]) -> Q:
    """Return the condition that any of these relations is among its ids.

    An empty collection is left out: the database is not asked what cannot be. Where all are
    empty, nothing fulfils the condition.
    """
    condition = Q()
    for relation, wanted in ids.items():
        if wanted:
            condition |= Q(**{f"{relation}__in": wanted})
    return condition or Q(pk__in=())
