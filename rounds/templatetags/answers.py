"""Draws the answers of a challenge: some thirty a page, which a loop in a template makes slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rounds.challenges.presentation import Row

register = template.Library()


@register.simple_tag
def answers(rows: Iterable[Row], language: str) -> SafeString:
    """Draw questions and their answers as terms and definitions.

    :param language: the language of the association's own words.
    """
    return format_html_join("", "<div><dt>{}</dt><dd{}>{}</dd></div>", _cells(rows, language))


def _cells(rows: Iterable[Row], language: str) -> Iterator[tuple[object, SafeString, SafeString]]:
    typed = format_html(' lang="{}"', language)
    none, unanswered = (
        SafeString(""),
        format_html('<span class="hint">{}</span>', _("Not answered")),
    )
    for row in rows:
        words = str(row.text) or ", ".join(map(str, row.items))
        shown = conditional_escape(words) if words else unanswered
        yield row.question.label, typed if row.is_typed else none, shown
