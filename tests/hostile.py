"""Odd and hostile texts, and the forms of a page as a browser would find them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

MARK = "zq9"
SCRIPT = f"<script>alert('{MARK}')</script>"

PAYLOADS: dict[str, str] = {
    "script": SCRIPT,
    "image that runs": f"<img src=x onerror=alert('{MARK}')>",
    "end of attribute": f"\" onmouseover=\"alert('{MARK}')",
    "end of textarea": f"</textarea><script>alert('{MARK}')</script>",
    "svg": f"<svg/onload=alert('{MARK}')>",
    "address that runs": f"javascript:alert('{MARK}')",
    "template": "{{ 7|add:7 }}{% load static %}",
    "format": "%s %(x)s {0} {x!r}",
    "formula": '=HYPERLINK("http://example.org","x")',
    "formula by plus": "+1+cmd|' /C calc'!A0",
    "formula by at": "@SUM(1+1)*cmd",
    "sql": "'; DROP TABLE rounds_challenge; --",
    "null byte": "a\x00b",
    "only a null byte": "\x00",
    "control marks": "a\x01\x02\x1b[31m\x7fb",
    "bidi": "abc\u202egnp.exe\u202c",
    "zero width": "\u200b\u200d\ufeff",
    "combining": "e" + "\u0301" * 300,
    "emoji": "👩‍👩‍👧‍👦" * 20,
    "line ends": "a\r\nBcc: x@example.org\r\n\r\nb",
    "line separators": "a\u2028b\u2029c",
    "long": "ä" * 10_000,
    "long word": "x" * 70_000,
    "spaces": " \t \u00a0 ",
    "huge number": "9" * 400,
    "huge power": "1e999999",
    "negative": "-1",
    "not a number": "NaN",
    "infinity": "Infinity",
    "arabic digits": "١٢٣",
    "big id": str(2**63),
    "zero": "0",
    "true": "true",
    "list": "[1, 2]",
    "object": '{"$ne": null}',
    "path": "../../../../etc/passwd",
    "drive": "C:\\Windows\\win.ini",
    "impossible day": "2026-02-30",
    "far day": "9999-12-31",
    "day before days": "0000-00-00",
    "far year": "99999-01-01T99:99",
    "odd address": '"a b"@example.org',
    "address with a line": "a@example.org\nBcc: b@example.org",
    "international address": "ä@ö.example",
    "other alphabet": "Пример ένα 例",
}


@dataclass
class Form:
    """A form of a page: where it goes, and its fields with the values that stand there."""

    action: str
    method: str
    is_multipart: bool = False
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The fields that a person or a program can change."""
        return [name for name in self.fields if name != "csrfmiddlewaretoken"]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(
                given.get("action", ""),
                given.get("method", "get").lower(),
                given.get("enctype", "") == "multipart/form-data",
            )
            self.found.append(self._form)
        elif self._form is not None:
            self._read(tag, given)

    def _read(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name = given.get("name", "")
        if tag == "input" and name:
            self._read_input(name, given)
        elif tag == "button" and name:
            self._form.fields.setdefault(name, [given.get("value", "")])
        elif tag == "textarea" and name:
            self._area = name
            self._form.fields.setdefault(name, [""])
        elif tag == "select" and name:
            self._select = name
            self._form.fields.setdefault(name, [])
        elif tag == "option" and self._select and "selected" in given:
            self._form.fields[self._select].append(given.get("value", ""))

    def _read_input(self, name: str, given: dict[str, str]) -> None:
        assert self._form is not None
        kind = given.get("type", "text")
        if kind == "file":
            self._form.files.append(name)
        elif kind in ("checkbox", "radio"):
            values = self._form.fields.setdefault(name, [])
            if "checked" in given:
                values.append(given.get("value", "on"))
        else:
            self._form.fields.setdefault(name, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._area:
            self._form.fields[self._area] = [self._form.fields[self._area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""


def forms_of(page: str) -> list[Form]:
    """Return the forms of a page."""
    parser = _Forms()
    parser.feed(page)
    return parser.found


class _Runs(HTMLParser):
    """Finds what a browser would run: our mark in a script, in a handler or in an address."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        for name, value in attrs:
            runs = name.startswith("on") or (
                name in ("href", "src", "action", "formaction")
                and (value or "").strip().lower().startswith("javascript:")
            )
            if runs and MARK in (value or ""):
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self._in_script and MARK in data:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


def what_runs(page: str) -> list[Any]:
    """Return everything of ours that a browser would run on the page."""
    parser = _Runs()
    parser.feed(page)
    return parser.found
