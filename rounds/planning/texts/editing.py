"""The page of one text: what stands there, what it could be filled with, how it would look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from minno_portal.diff import Piece, compare
from minno_portal.languages import language_name
from minno_portal.outbox.examples import Example, example_of, preview
from minno_portal.outbox.html import html_from_text
from minno_portal.outbox.kinds import Kind, Text
from minno_portal.outbox.models import LetterText
from minno_portal.outbox.placeholders import shown, unknown_in
from minno_portal.outbox.rendering import Rendered, Written, default_text
from minno_portal.outbox.texts import LANGUAGES, default_has_changed, mark
from minno_portal.outbox.words import word_of
from rounds.planning.texts.places import Place


@dataclass(frozen=True, slots=True)
class LanguageTab:
    """The same text in one of the languages."""

    code: str
    name: str
    url: str
    is_current: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Insert:
    """A placeholder that can be put into the text."""

    word: str
    label: Text
    is_required: bool


@dataclass(frozen=True, slots=True)
class Change:
    """How a text of one's own differs from the new default, word by word."""

    subject: list[Piece]
    text: list[Piece]


@dataclass(frozen=True)
class Editing:
    """One kind's text in one language, at one place."""

    place: Place
    kind: Kind
    language: str

    @property
    def own(self) -> LetterText | None:
        """The owner's own text."""
        return self.place.own.get((self.kind.name, self.language))

    @property
    def inherited(self) -> LetterText | None:
        """The partnership's text, which a round uses when it has none of its own."""
        return self.place.inherited.get((self.kind.name, self.language))

    @cached_property
    def default(self) -> Written:
        """The portal's own text, as it is stored."""
        return default_text(self.kind, self.language)

    @property
    def present(self) -> Written:
        """The text that letters have now, as it is stored."""
        text = (self.own or self.inherited) if self.kind.is_editable else None
        return Written(text.subject, text.text) if text else self.default

    @property
    def mark(self) -> str:
        """What the form carries along, to notice that somebody else has saved meanwhile."""
        return mark(self.own)

    def shown(self, text: str) -> str:
        """Return a stored text with its placeholders in the words of its language."""
        return shown(text.strip(), self.kind, self.language)

    @property
    def initial(self) -> dict[str, str]:
        """What stands in the form at first."""
        return {
            "subject": self.shown(self.present.subject),
            "text": self.shown(self.present.text),
            "seen": self.mark,
        }

    @property
    def tabs(self) -> Iterator[LanguageTab]:
        """The languages."""
        for code in LANGUAGES:
            key = (self.kind.name, code)
            url = self.place.edit_url(*key)
            is_own = key in self.place.own
            yield LanguageTab(code, language_name(code), url, code == self.language, is_own)

    @property
    def inserts(self) -> list[Insert]:
        """What can be put into the text, in the words of its language."""
        return [
            Insert(word_of(each.name, self.language), each.label, each.is_required)
            for each in self.kind.every_placeholder
        ]

    @property
    def is_outdated(self) -> bool:
        """Whether the portal's own text has changed since the owner's was written."""
        return self.own is not None and default_has_changed(self.own, self.kind)

    @property
    def is_unusable(self) -> bool:
        """Whether the text names what letters no longer have, so that the default goes out."""
        return bool(unknown_in(f"{self.present.subject}\n{self.present.text}", self.kind))

    @property
    def change(self) -> Change:
        """How the owner's text differs from the portal's."""
        return Change(
            compare(self.shown(self.present.subject), self.shown(self.default.subject)),
            compare(self.shown(self.present.text), self.shown(self.default.text)),
        )

    def beside(self, written: Written) -> list[Piece]:
        """Return how another text differs from the one that letters have now."""
        return compare(self.shown(self.present.text), self.shown(written.text))

    @cached_property
    def example(self) -> Example:
        """What the preview is filled with."""
        return example_of(self.kind, self.place.owner)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter as its reader would see it."""

    letter: Rendered
    body: SafeString


def sheet_of(editing: Editing, written: Written) -> Sheet:
    """Return the letter that a stored text would make; unknown placeholders stay in braces."""
    made = preview(editing.kind, editing.language, written, editing.example, editing.place.sender)
    return Sheet(made, html_from_text(made.text))
