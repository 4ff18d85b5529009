"""The top bar: at most five places for whom one is, the languages, and oneself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """A place somebody may go to: its words, its address, and other addresses inside it."""

    label: Promise
    name: str
    argument: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the top bar on one page."""

    # What a place is called follows from its address.
    label: Promise = field(compare=False)
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """Everything the top bar shows."""

    places: tuple[Place, ...]
    languages: list[LanguageLink]
    me_url: str
    organisation_url: str
    sign_in_url: str


CALL = Spot(_("Call"), "landing")
ROUNDS = Spot(_("Rounds"), "public-rounds")
OUTCOMES = Spot(_("Outcomes"), "public-outcomes")
HOW = Spot(_("How it works"), "how-it-works")
MY_CHALLENGES = Spot(_("My challenges"), "challenges")
DESK = Spot(_("Desk"), "desk")
WORKING_ROUNDS = Spot(_("Rounds"), "rounds", also=("challenges", "letters"))
ASSOCIATIONS = Spot(_("Associations"), "register")
ANSWERS = Spot(_("Answer proposals"), "admin:rounds_proposal_changelist")
ADMIN = Spot(_("Administration"), "admin:index")


def _organisation(ids: frozenset[int]) -> Spot:
    if len(ids) == 1:
        return Spot(_("Organisation"), "organisation", next(iter(ids)))
    return Spot(_("Organisations"), "me")


def _spots(user: Any) -> Iterator[Spot]:
    """Yield the places of `user`, the most important first."""
    if not user.is_authenticated:
        yield from (CALL, ROUNDS, OUTCOMES, HOW)
    elif user.ties.coordinator or user.ties.staff or user.is_superuser:
        yield from _working_spots(user)
    else:
        yield MY_CHALLENGES
        if user.ties.contact:
            yield _organisation(user.ties.contact)
        yield from (OUTCOMES, CALL, HOW)


def _working_spots(user: Any) -> Iterator[Spot]:
    """Yield the places of who runs rounds."""
    yield from (DESK, WORKING_ROUNDS)
    if user.ties.coordinator:
        yield ASSOCIATIONS
    if user.ties.staff:
        yield ANSWERS
    if user.is_superuser:
        yield ADMIN
    if user.ties.writing:
        yield MY_CHALLENGES
    yield OUTCOMES
    if user.ties.coordinator:
        yield CALL


@lru_cache(maxsize=512)
def _address(name: str, argument: int | str | None, language: str, prefix: str) -> str:
    return reverse(name, args=[] if argument is None else [argument])


def address(name: str, argument: int | str | None = None) -> str:
    """Return the address of a place in the present language, remembered."""
    return _address(name, argument, get_language() or "", get_script_prefix())


def _place(spot: Spot, path: str) -> Place:
    url = address(spot.name, spot.argument)
    if spot is CALL:
        return Place(spot.label, url, path == url)
    inside = (url, *(address(name) for name in spot.also))
    return Place(spot.label, url, path.startswith(inside))


def same_page(request: HttpRequest) -> list[LanguageLink]:
    """Return this very page, query string included, in each language.

    Addresses differ by their first part alone (see urls.py), so no address is resolved.
    """
    root = get_script_prefix()
    rest = request.path[len(root) :]
    first, _slash, tail = rest.partition("/")
    if first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE:
        rest = tail
    query = request.META.get("QUERY_STRING", "")
    end = f"{rest}?{query}" if query else rest
    present = get_language()
    return [
        LanguageLink(
            code,
            str(name),
            f"{root}{end}" if code == settings.LANGUAGE_CODE else f"{root}{code}/{end}",
            code == present,
        )
        for code, name in settings.LANGUAGES
    ]


def navigation_for(request: HttpRequest) -> Navigation:
    """Return the top bar of `request`'s page; asks the database for the person's ties alone."""
    user = getattr(request, "user", None)
    spots: list[Spot] = []
    organisation_url = ""
    if user is not None:
        spots = list(_spots(user))[:MOST_PLACES]
        if user.is_authenticated and user.ties.every:
            spot = _organisation(user.ties.every)
            organisation_url = address(spot.name, spot.argument)
    return Navigation(
        places=tuple(_place(spot, request.path) for spot in spots),
        languages=same_page(request),
        me_url=address("me"),
        organisation_url=organisation_url,
        sign_in_url=address(settings.LOGIN_URL),
    )
