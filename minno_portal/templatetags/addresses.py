"""`{% url %}` as Django has it, with what it has answered remembered.

A page names a dozen addresses, nearly always the same ones; finding one takes Django as long as
writing a paragraph.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language

register = template.Library()


@lru_cache(maxsize=4096)
def _address(
    name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...], *_where: str
) -> str:
    return str(conditional_escape(reverse(name, args=args, kwargs=dict(kwargs))))


class Address(URLNode):
    """An address whose name is written in the template and belongs to no namespace."""

    def render(self, context: Context) -> str:
        """Return the address, or keep it under the name that the tag gives."""
        args = tuple(arg.resolve(context) for arg in self.args)
        kwargs = tuple((key, value.resolve(context)) for key, value in self.kwargs.items())
        where = (get_language() or "", get_script_prefix(), settings.ROOT_URLCONF)
        try:
            address = _address(self.view_name.var, args, kwargs, *where)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            address = ""
        if self.asvar is None:
            return address
        context[self.asvar] = address
        return ""


@register.tag
def url(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Return the address of a page; names in a namespace or in a variable go Django's own way."""
    node = django_url(parser, token)
    name = node.view_name.var
    is_plain = isinstance(name, str) and not node.view_name.filters and ":" not in name
    return Address(node.view_name, node.args, node.kwargs, node.asvar) if is_plain else node
