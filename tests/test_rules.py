"""The rules of docs/architecture.md that no other tool checks."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from minno_portal.embedded import BASE_DIR

PACKAGES = ("minno_portal", "organisations", "rounds", "demo", "dev")
LONGEST_MODULE = 400
MEDIAN_MODULE = 60
LONGEST_FUNCTION = 60
USUAL_FUNCTION = 25
USUAL_SHARE = 0.9
LONGEST_TEMPLATE = 150
INLINE = re.compile(
    r"<script(?![^>]*(\bsrc=|application/json))"
    r"|<style|\sstyle=[\"']|\son(click|submit|change|load|input)=",
    re.IGNORECASE,
)
# Mail and print are read outside the browser: they carry their style with them.
NO_PAGES = ("outbox/", "rounds/reports/report.html", "allauth/")
DISPATCH = re.compile(r"\.(delay|apply_async)\(")
NOW = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|auto_now")


def modules() -> list[Path]:
    return [
        path
        for package in PACKAGES
        for path in sorted((BASE_DIR / package).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def lines(path: Path) -> int:
    """Return how many lines say something: blank ones are the formatter's."""
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


def functions() -> Iterator[tuple[str, int]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield f"{path.name}:{node.name}", node.end_lineno - node.lineno + 1


def templates() -> list[Path]:
    return sorted((BASE_DIR / "templates").rglob("*.html"))


def test_modules_are_small() -> None:
    sizes = {str(path): lines(path) for path in modules() if lines(path)}
    assert {path: size for path, size in sizes.items() if size > LONGEST_MODULE} == {}
    assert statistics.median(sizes.values()) <= MEDIAN_MODULE


def test_functions_are_short() -> None:
    sizes = dict(functions())
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}
    usual = sum(size <= USUAL_FUNCTION for size in sizes.values())
    assert usual / len(sizes) >= USUAL_SHARE


def test_templates_are_short() -> None:
    assert [str(path) for path in templates() if lines(path) > LONGEST_TEMPLATE] == []


def test_pages_have_no_inline_script_or_style() -> None:
    folder = BASE_DIR / "templates"
    guilty = [
        f"{path.relative_to(folder)}: {found[0]}"
        for path in templates()
        if not str(path.relative_to(folder)).startswith(NO_PAGES)
        if (found := INLINE.search(path.read_text(encoding="utf-8")))
    ]
    assert guilty == []


@pytest.mark.parametrize(
    ("forbidden", "allowed"),
    [
        (DISPATCH, {"queue.py"}),
        # A sign of life is about the real clock, not the played one.
        (NOW, {"clock.py", "heartbeat.py"}),
    ],
)
def test_one_place_only(forbidden: re.Pattern[str], allowed: set[str]) -> None:
    guilty = [
        str(path)
        for path in modules()
        if path.name not in allowed
        and "dev" not in path.parts
        and forbidden.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []
