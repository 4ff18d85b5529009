"""The rounds of the person who looks, fetched once and narrowed in Python.

Every step asks what waits in somebody's rounds, most of it only in a few weeks of a round's year.
There are four rounds a year, so they are all fetched at once, and a step asks the database only
about those whose calendar can have something to ask for now.
"""

from __future__ import annotations

from collections.abc import Collection

from organisations.people.models import User
from rounds.planning.models import Round


def rounds_of(user: User) -> list[Round]:
    """Return the rounds that may ask something of `user`: the archive's do not (one query)."""
    found: list[Round] | None = getattr(user, "_rounds", None)
    if found is None:
        rounds = (
            Round.objects.visible_to(user)
            .filter(archived_at=None)
            .defer("intro", "intro_fi", "intro_sv", "intro_en")
        )
        found = list(rounds.order_by("kickoff_on", "pk"))
        look_only_at(user, found)
    return found


def look_only_at(user: User, rounds: list[Round]) -> None:
    """Let `rounds_of` answer with these: the page of one round has no need of the others."""
    user._rounds = rounds  # type: ignore[attr-defined]  # noqa: SLF001 (a cache of one request)


def coordinated_rounds(user: User) -> list[Round]:
    """Return those of the user's rounds that they coordinate; administrators see more."""
    return [each for each in rounds_of(user) if each.partnership.is_coordinated_by(user)]


def rounds_of_party(user: User) -> list[Round]:
    """Return those of the user's rounds in which they act for one of the two parties."""
    return [
        each
        for each in rounds_of(user)
        if each.partnership.is_coordinated_by(user) or each.partnership.is_hosted_by(user)
    ]


def know_statuses(round_: Round, statuses: Collection[str]) -> None:
    """Remember which statuses the challenges of a round have, where a page has counted them."""
    round_.known_statuses = frozenset(statuses)  # type: ignore[attr-defined]


def may_have(round_: Round, statuses: Collection[str]) -> bool:
    """Whether a round may have a challenge in one of `statuses`; what is not known may be."""
    known: frozenset[str] | None = getattr(round_, "known_statuses", None)
    return known is None or not known.isdisjoint(statuses)
