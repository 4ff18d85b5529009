"""Draws the choices around the table of challenges, which a loop in a template makes slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rounds.challenges.table.filters import Filters

register = template.Library()


@register.simple_tag
def choose(name: str, choices: Iterable[tuple[str, str | Promise]], chosen: str) -> SafeString:
    """Draw a filter's list, where nothing chosen means all."""
    # Hundreds of associations: each is escaped once, by the shortest way there is.
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(str(label))}</option>"
        for value, label in choices
    )
    return format_html(
        '<select class="form-select" id="filter-{}" name="{}"><option value="">{}</option>{}'
        "</select>",
        name,
        name,
        _("All"),
        mark_safe(options),
    )


@register.simple_tag
def columns(filters: Filters) -> SafeString:
    """Draw a box for each column that can be chosen; the title is always there."""
    box = (
        '<div class="form-check"><input class="form-check-input" type="checkbox" name="columns"'
        ' value="{0}" id="column-{0}"{1}>'
        '<label class="form-check-label" for="column-{0}">{2}</label></div>'
    )
    return format_html_join("", box, _boxes(filters))


def _boxes(filters: Filters) -> Iterator[tuple[str, str, str | Promise]]:
    checked, nothing = mark_safe(" checked"), mark_safe("")
    shown = {column.key for column in filters.columns}
    for key, column in filters.available.items():
        if key != "title":
            yield key, checked if key in shown else nothing, column.label
