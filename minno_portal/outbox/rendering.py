"""From a template to a letter's subject, plain text and HTML part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.text import Truncator

from minno_portal.outbox.html import html_from_text

LONGEST_SUBJECT = 200

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


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that a person has written or edited: it goes out instead of the templates' text."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter's three texts."""

    subject: str
    text: str
    html: str


def render(
    kind: str, *, to: Addressee, context: Mapping[str, Any], written: Written | None = None
) -> Rendered:
    """Write the letter `kind` in the recipient's language.

    :param kind: names `templates/letters/<kind>.subject.txt` and `<kind>.txt`.
    :param to: stands in the templates as `to`.
    :param context: what else the templates know.
    :param written: what a person has written instead; it is cleaned and escaped like the rest.
    """
    with translation.override(to.language):
        if written is None:
            values = {"to": to, "language": to.language, **context}
            written = Written(
                _plain(f"letters/{kind}.subject.txt", values), _plain(f"letters/{kind}.txt", values)
            )
        subject, text = clean_line(written.subject), clean_text(written.text)
        page = {"language": to.language, "subject": subject, "body": html_from_text(text)}
        html = render_to_string("outbox/letter.html", page)
    return Rendered(Truncator(subject).chars(LONGEST_SUBJECT), text, html)


def clean_line(text: str) -> str:
    """Return `text` as one line that cannot break a header."""
    return " ".join(_UNWANTED.sub(" ", _NEWLINES.sub("\n", text)).split())


def clean_text(text: str) -> str:
    """Return `text` with plain newlines, without hidden characters and heaps of empty lines."""
    text = _UNWANTED.sub("", _NEWLINES.sub("\n", text))
    text = _SPACE_BEFORE_NEWLINE.sub("\n", text)
    return _MANY_NEWLINES.sub("\n\n", text).strip() + "\n"


def _plain(template_name: str, values: Mapping[str, Any]) -> str:
    """Render without HTML escapes: the HTML part is escaped later, from the finished text."""
    template: Template = get_template(template_name).template  # type: ignore[attr-defined]
    return str(template.render(Context(dict(values), autoescape=False)))
