"""Texts for people that the collector passes by, so that no translation of them can exist.

xgettext reads calls by their names (`gettext`, `_`, …): it does not know a name that a module gave
to gettext itself, nor a call inside an f-string.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

MODULE = "django.utils.translation"
# How many of the arguments are looked up: a context stands before the text.
WITH_CONTEXT = ("pgettext", "npgettext")

Text = tuple[str | None, str]


def missed(source: Path, collected: Collection[Text]) -> Iterator[str]:
    """Yield what is translated in a Python file without being among the collected texts."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    names = dict(_names(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            text = _text(names.get(node.func.id, ""), node.args)
            if text and text not in collected:
                yield f"not collected: “{text[1][:70]}” ({source.name}:{node.lineno})"


def _names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield how the module calls each function of gettext."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == MODULE:
            for each in node.names:
                if "gettext" in each.name:
                    yield each.asname or each.name, each.name


def _text(function: str, arguments: list[ast.expr]) -> Text | None:
    """Return the context and the text of a call of gettext, None where it is no constant."""
    wanted = arguments[: 2 if function.startswith(WITH_CONTEXT) else 1]
    constants = [each.value for each in wanted if isinstance(each, ast.Constant)]
    texts = [each for each in constants if isinstance(each, str)]
    if not function or not texts or len(texts) < len(wanted):
        return None
    return (texts[0], texts[1]) if len(texts) > 1 else (None, texts[0])
