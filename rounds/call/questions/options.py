"""The choices of a question: their words in three languages behind a key that answers keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

Option = dict[str, str]

LANGUAGES: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)


def words(option: Mapping[str, Any], language: str | None = None) -> str:
    """Return an option's words in `language` (the present one), or in the first that has any."""
    wanted = language or get_language() or ""
    for code in (wanted, *LANGUAGES):
        if said := option.get(code):
            return str(said)
    return str(option.get("key", ""))


def choices(options: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return options as a form's field takes them."""
    return [(str(option["key"]), words(option)) for option in options]


def label_of(options: Iterable[Mapping[str, Any]], key: Any) -> str:
    """Return the words of the option `key`; the key itself when it is not there any more."""
    return next((words(option) for option in options if option.get("key") == key), str(key))
