"""Whose letters a person sees: those of the partnerships they coordinate."""

from __future__ import annotations

from minno_portal.outbox.models import Letter, LetterQuerySet
from organisations.partnership.models import Partnership
from organisations.people.models import User


def houses_of(user: User) -> frozenset[int]:
    """Return the ids of the partnerships that `user` coordinates (one query a request)."""
    ties = user.ties.coordinator
    known: tuple[frozenset[int], frozenset[int]] | None = getattr(user, "_houses", None)
    if known is None or known[0] != ties:
        ids = Partnership.objects.filter(coordinator__in=ties).values_list("pk", flat=True)
        known = ties, frozenset(ids) if ties else frozenset()
        user._houses = known  # type: ignore[attr-defined]  # noqa: SLF001 (a cache of one request)
    return known[1]


def letters_seen_by(user: User) -> LetterQuerySet:
    """Return the letters of the user's partnerships; an administrator sees every one."""
    letters: LetterQuerySet = Letter.objects.all()
    return letters if user.is_superuser else letters.filter(house__in=houses_of(user))
