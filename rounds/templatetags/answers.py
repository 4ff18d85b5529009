"""Draws the answers of a challenge: some thirty a page, which a loop in a template makes slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape  # everything here is a plain str, which needs no more than this

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rounds.challenges.presentation import Row

register = template.Library()


@register.simple_tag
def answers(rows: Iterable[Row], language: str) -> SafeString:
    """Draw questions and their answers as terms and definitions.

    :param language: the language of the association's own words.
    """
    return mark_safe("".join(_drawn(rows, language)))


def _drawn(rows: Iterable[Row], language: str) -> Iterator[str]:
    typed = f' lang="{escape(language)}"'
    unanswered = f'<span class="hint">{escape(_("Not answered"))}</span>'
    for row in rows:
        words = str(row.text) or ", ".join(map(str, row.items))
        shown = escape(words) if words else unanswered
        label = escape(str(row.question.label))
        yield f"<div><dt>{label}</dt><dd{typed if row.is_typed else ''}>{shown}</dd></div>"
