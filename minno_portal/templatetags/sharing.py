"""What a public page tells search engines and whoever shares its address."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import translate_url
from django.utils.text import Truncator
from django.utils.translation import get_language

register = template.Library()

DESCRIPTION_LENGTH = 200
# Open Graph names a language with its country.
LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


@register.inclusion_tag("components/sharing.html", takes_context=True)
def sharing(
    context: RequestContext, title: str, description: str = "", picture: str = ""
) -> dict[str, Any]:
    """Draw the page's description, its Open Graph texts and its addresses in each language.

    :param title: what the page is about, without the portal's name.
    :param description: a sentence or two; cut at a word where it is long.
    :param picture: the path of a picture of 1200 × 630 pixels, empty for none.
    """
    address = settings.SITE_URL + context["request"].path
    present = get_language() or settings.LANGUAGE_CODE
    return {
        "title": title,
        "description": Truncator(" ".join(str(description).split())).chars(DESCRIPTION_LENGTH),
        "address": address,
        "picture": settings.SITE_URL + picture if picture else "",
        "site_name": settings.SITE_NAME,
        "locale": LOCALES[present],
        "other_locales": [locale for code, locale in LOCALES.items() if code != present],
        "languages": [(code, translate_url(address, code)) for code, _name in settings.LANGUAGES],
        "default": translate_url(address, settings.LANGUAGE_CODE),
    }
