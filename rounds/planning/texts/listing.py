"""Every kind of letter: who gets it, when, and whose text it has in which language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from minno_portal.languages import language_name
from minno_portal.outbox.kinds import Kind, every_kind
from minno_portal.outbox.models import LetterText
from minno_portal.outbox.texts import LANGUAGES, default_has_changed
from rounds.planning.texts.places import Place


@dataclass(frozen=True, slots=True)
class Version:
    """A kind's text in one language, where it is not the portal's own."""

    language: str
    url: str
    is_own: bool
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of letter on the page."""

    kind: Kind
    url: str
    versions: list[Version]


@dataclass(frozen=True, slots=True)
class Listing:
    """The kinds that can be written anew, and those that are always the portal's."""

    editable: list[Row]
    fixed: list[Row]


def listing_of(place: Place) -> Listing:
    """Return every kind with the own texts of `place` (one query)."""
    rows = [_row(place, kind) for kind in every_kind() if place.takes(kind)]
    return Listing(
        [row for row in rows if row.kind.is_editable],
        [row for row in rows if not row.kind.is_editable],
    )


def _row(place: Place, kind: Kind) -> Row:
    language = get_language() or LANGUAGES[0]
    return Row(kind, place.edit_url(kind.name, language), list(_versions(place, kind)))


def _versions(place: Place, kind: Kind) -> Iterable[Version]:
    for language in LANGUAGES:
        key = (kind.name, language)
        text = place.own.get(key) or place.inherited.get(key)
        if kind.is_editable and text:
            yield Version(
                language_name(language),
                place.edit_url(*key),
                key in place.own,
                _is_outdated(place, text, kind),
            )


def _is_outdated(place: Place, text: LetterText, kind: Kind) -> bool:
    """Whether the owner should look at the text: an inherited one is the partnership's to mend."""
    return (kind.name, text.language) in place.own and default_has_changed(text, kind)
