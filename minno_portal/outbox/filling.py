"""Placeholders: `{title}` in a text, filled with a letter's values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

PLACEHOLDER = re.compile(r"\{([^\W\d]\w*)\}")


def names_in(text: str) -> list[str]:
    """Return the names of the placeholders in `text`, each once, in their order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its placeholders filled, in one pass: a value's own braces stay.

    :raises KeyError: when a placeholder has no value.
    """
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)


def symbols(names: Iterable[str]) -> dict[str, str]:
    """Return values that stand for themselves: with them a default text shows its placeholders."""
    return {name: f"{{{name}}}" for name in names}
