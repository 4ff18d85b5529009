"""The kit's texts: written from templates, each as it can be pasted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal.outbox.addresses import absolute_url
from minno_portal.outbox.rendering import clean_text, plain
from rounds.call.kit.moments import Moment
from rounds.planning.models import Round

# A post has to fit where the shortest posts are read.
LONGEST_POST = 280


@dataclass(frozen=True, slots=True)
class PieceKind:
    """A form in which the facts are told."""

    name: str
    label: Promise
    hint: Promise


PIECES = (
    PieceKind("news", _("Web news"), _("Title on the first line, then the text.")),
    PieceKind("newsletter", _("Paragraph for a newsletter"), _("To stand among other news.")),
    PieceKind("post", _("Short post"), _("At most 280 characters, link included.")),
    PieceKind("long_post", _("Longer post"), _("For channels where people read a few lines.")),
    PieceKind("email", _("E-mail"), _("Subject on the first line. A campaign sends it for you.")),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of the kit."""

    kind: PieceKind
    text: str

    @property
    def rows(self) -> int:
        """How tall a box shows it whole: lines of about 90 characters."""
        return sum(1 + len(line) // 90 for line in self.text.splitlines()) + 1


@dataclass(frozen=True, slots=True)
class Headline:
    """What a poster and a picture say: a large line and a few small ones."""

    title: str
    lines: tuple[str, ...]


def link(round_: Round, moment: Moment, language: str) -> str:
    """Return the whole address that the moment's texts and QR code lead to."""
    arguments = (round_.slug,) if moment.page_is_of_round else ()
    return absolute_url(moment.page, *arguments, language=language)


def pieces(round_: Round, moment: Moment, facts: dict[str, Any], language: str) -> Iterator[Piece]:
    """Yield the moment's texts in one language.

    :param facts: what `moment.facts` gave.
    """
    for kind in PIECES:
        yield Piece(kind, _written(round_, moment, facts, language, kind.name))


def headline(round_: Round, moment: Moment, facts: dict[str, Any], language: str) -> Headline:
    """Return what the moment's poster and picture say in one language."""
    title, *lines = _written(round_, moment, facts, language, "headline").splitlines()
    return Headline(title, tuple(line for line in lines if line))


def _written(round_: Round, moment: Moment, facts: dict[str, Any], language: str, name: str) -> str:
    partnership = round_.partnership
    context = {
        "round": round_,
        "code": round_.code,
        "coordinator": partnership.coordinator.shown_name,
        "institution": partnership.institution.shown_name,
        "weeks": _weeks(round_),
        "link": link(round_, moment, language),
        **facts,
    }
    with translation.override(language):
        text = plain(f"rounds/call/kit/{moment.key}/{name}.txt", context)
    return clean_text(text).strip()


def _weeks(round_: Round) -> int:
    """Return how many weeks the teams work, the first and the last included."""
    return (round_.fest_on - round_.kickoff_on).days // 7 + 1
