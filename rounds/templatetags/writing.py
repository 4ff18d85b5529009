"""What stands beside the questions while one writes."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rounds.challenges.writing.examples import EXAMPLES

register = template.Library()


@register.simple_tag
def example(name: str) -> SafeString | str:
    """Draw a believable answer to the question `name`, folded until it is wanted."""
    text = EXAMPLES.get(name)
    if text is None:
        return ""
    return format_html(
        '<details class="example"><summary>{}</summary><p>{}</p></details>', _("Example"), text
    )
