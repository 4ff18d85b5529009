"""From a text with placeholders to a letter's subject, plain text and HTML part."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from minno_portal.outbox.filling import filled, names_in, symbols
from minno_portal.outbox.html import html_from_text
from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.sender import Sender

LONGEST_SUBJECT = 200

logger = logging.getLogger(__name__)

# Control characters, direction overrides and lone surrogates: they hide or rearrange what a
# person reads, or cannot be encoded. Tabs and newlines stay.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NEWLINES = re.compile(r"\r\n?|\u2028|\u2029")
_SPACE_BEFORE_NEWLINE = re.compile(r"[ \t]+\n")
_MANY_NEWLINES = re.compile(r"\n{3,}")


class Addressee(Protocol):
    """Whoever a letter is written for."""

    @property
    def language(self) -> str:
        """The language of the letter: fi, sv or en."""

    @property
    def name(self) -> str:
        """The name to greet, or an empty string."""


# Gives what fills the placeholders for one reader. It is called in the reader's language, and only
# for a letter that is not there already.
Values = Callable[[Addressee], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Written:
    """A letter's two texts as a person reads them: the templates' own or somebody's."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter's three texts."""

    subject: str
    text: str
    html: str


def render(
    kind: Kind, *, to: Addressee, values: Values, sender: Sender, written: Written | None = None
) -> Rendered:
    """Write a letter in the recipient's language.

    :param written: what a person has written for this very letter; without it the sender's own
        text of the kind is filled in, or the default one.
    """
    with translation.override(to.language):
        if written is None:
            source = own_text(kind, to.language, sender) or default_text(kind, to.language)
            written = fill(source, greeted(values(to), to, sender))
        return finished(written, to.language)


def finished(written: Written, language: str) -> Rendered:
    """Return what goes out of a text: cleaned, and with an HTML part that says the same."""
    subject, text = clean_line(written.subject), clean_text(written.text)
    page = {"language": language, "subject": subject, "body": html_from_text(text)}
    html = render_to_string("outbox/letter.html", page)
    return Rendered(Truncator(subject).chars(LONGEST_SUBJECT), text, html)


def greeted(values: Mapping[str, object], to: Addressee, sender: Sender) -> dict[str, str]:
    """Return `values` as texts, with the greeting and the sign-off that every letter may name."""
    greeting = _("Hello %(name)s,") % {"name": to.name} if to.name else _("Hello,")
    return {
        "greeting": greeting,
        "sign_off": sender.sign_off(),
        **{name: str(value) for name, value in values.items()},
    }


def fill(source: Written, values: Mapping[str, str]) -> Written:
    """Return both texts of `source` with their placeholders filled.

    :raises KeyError: when a placeholder has no value.
    """
    return Written(filled(source.subject, values), filled(source.text, values))


def default_text(kind: Kind, language: str) -> Written:
    """Return the portal's own text of a kind, with its placeholders as `{name}`."""
    values = symbols(each.name for each in kind.every_placeholder)
    with translation.override(language):
        return Written(
            plain(f"letters/{kind.name}.subject.txt", values).strip(),
            clean_text(plain(f"letters/{kind.name}.txt", values)),
        )


def own_text(kind: Kind, language: str, sender: Sender) -> Written | None:
    """Return the sender's own text of a kind, or None.

    A text that names what letters no longer have is left out: the default goes out instead.
    """
    text = sender.own_texts.get((kind.name, language)) if kind.is_editable else None
    if text is None:
        return None
    known = {each.name for each in kind.every_placeholder}
    if unknown := set(names_in(f"{text.subject}\n{text.text}")) - known:
        logger.error("own text %s names %s: the default goes out", text.pk, sorted(unknown))
        return None
    return Written(text.subject, text.text)


def clean_line(text: str) -> str:
    """Return `text` as one line that cannot break a header."""
    return " ".join(_UNWANTED.sub(" ", _NEWLINES.sub("\n", text)).split())


def clean_text(text: str) -> str:
    """Return `text` with plain newlines, without hidden characters and heaps of empty lines."""
    text = _UNWANTED.sub("", _NEWLINES.sub("\n", text))
    text = _SPACE_BEFORE_NEWLINE.sub("\n", text)
    return _MANY_NEWLINES.sub("\n\n", text).strip() + "\n"


def plain(template_name: str, values: Mapping[str, object]) -> str:
    """Render a template of plain text, without HTML escapes.

    A letter's HTML part is made, and escaped, from the finished text.
    """
    template: Template = get_template(template_name).template  # type: ignore[attr-defined]
    return str(template.render(Context(dict(values), autoescape=False)))
