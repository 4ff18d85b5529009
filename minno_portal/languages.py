"""Names of languages as the reader of the page calls them."""

from __future__ import annotations

from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """Return the name of a language in the present one: suomi, ruotsi, englanti."""
    return str(get_language_info(code)["name_translated"])
