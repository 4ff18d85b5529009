"""The pages of one challenge: the challenge itself, and what was made beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal.navigation import address
from organisations.people.models import User
from rounds.challenges.helping.beside import Around
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import is_of_party
from rounds.challenges.presentation import title_for


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a challenge."""

    label: str | Promise
    url: str
    is_current: bool


CHALLENGE, QUALITY, VERSIONS, SIMILAR, HISTORY = (
    "challenge",
    "challenge-quality",
    "challenge-compare",
    "challenge-similar",
    "challenge-history",
)
_LABELS = {
    CHALLENGE: _("Challenge"),
    QUALITY: _("Quality check"),
    VERSIONS: _("Compare versions"),
    SIMILAR: _("Similar"),
    HISTORY: _("History"),
}


def tabs_of(challenge: Challenge, current: str, *, reviews: bool) -> list[Tab]:
    """Return the pages of the challenge.

    :param current: the address name of the present page.
    :param reviews: whether the pages of the parties are among them.
    """
    return [
        Tab(label, address(name, challenge.pk), name == current)
        for name, label in _LABELS.items()
        if reviews or name != QUALITY
    ]


def reviews(user: User, challenge: Challenge) -> bool:
    """Tell whether the user reads the challenge as a party, or as an administrator."""
    return bool(is_of_party.test(user, challenge)) or user.is_superuser


def page_context(challenge: Challenge, user: User, current: str) -> dict[str, Any]:
    """Return what `helping/page.html` shows around a page of the challenge."""
    is_party = reviews(user, challenge)
    return {
        "challenge": challenge,
        "round": challenge.round,
        "shown_title": title_for(user, challenge),
        "is_party": is_party,
        "tabs": tabs_of(challenge, current, reviews=is_party),
    }


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another challenge of the round."""

    label: str | Promise
    url: str
    rel: str = ""


def ways_on(challenge: Challenge, around: Around) -> Iterator[Way]:
    """Yield the links from one challenge to the next ones to read."""
    if around.previous:
        yield Way(_("Previous"), address(CHALLENGE, around.previous), "prev")
    if around.following:
        yield Way(_("Next"), address(CHALLENGE, around.following), "next")
    try:
        url = reverse("challenge-next-unread", args=[challenge.round.slug])
    except NoReverseMatch:
        return
    yield Way(_("Next unread"), f"{url}?after={challenge.pk}")
