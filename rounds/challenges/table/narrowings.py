"""Ways to look at a part of the table that depend on who looks; later steps add theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import rules
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.people.models import User
from rounds.challenges.helping.models import CompletionPoint, Reading
from rounds.challenges.models import Revision
from rounds.planning.models import Round


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One choice of the filter “Show”: a key for the address, its words and its condition."""

    key: str
    label: str | Promise
    condition: Callable[[User], Q]
    permission: str = "rounds.see_round"


_narrowings: dict[str, Narrowing] = {}


def add_narrowing(narrowing: Narrowing) -> None:
    """Register a way to look at the table."""
    _narrowings[narrowing.key] = narrowing


def narrowings_for(user: User, round_: Round) -> dict[str, Narrowing]:
    """Return the ways open to `user`."""
    return {
        key: narrowing
        for key, narrowing in _narrowings.items()
        if rules.has_perm(narrowing.permission, user, round_)
    }


def read_by(user: User) -> Exists:
    """Tell of a challenge whether `user` has read its newest version."""
    return Exists(_readings(user).filter(~Exists(_newer_versions())))


def mark_of_reading(user: User) -> Coalesce:
    """Tell the same of each row of a page, from the row's own reading.

    An `Exists` that only a page of rows shows makes PostgreSQL read everything that the user has
    ever read, for it thinks the rows to be more.
    """
    is_newest = _readings(user).values_list(~Exists(_newer_versions()))
    return Coalesce(Subquery(is_newest[:1], output_field=BooleanField()), Value(value=False))


def _readings(user: User) -> QuerySet[Reading]:
    return Reading.objects.filter(challenge=OuterRef("pk"), user=user).order_by()


def _newer_versions() -> QuerySet[Revision]:
    return Revision.objects.filter(challenge=OuterRef("challenge"), number__gt=OuterRef("revision"))


def _has_open_points(_user: User) -> Q:
    points = CompletionPoint.objects.filter(challenge=OuterRef("pk"), done_at=None)
    return Q(Exists(points.order_by()))


add_narrowing(
    Narrowing("unread", pgettext_lazy("challenges", "Unread"), lambda user: ~Q(read_by(user)))
)
add_narrowing(Narrowing("points", _("Points open"), _has_open_points))
