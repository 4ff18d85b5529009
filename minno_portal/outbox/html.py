"""The HTML part of a letter, made from its plain text so that both always say the same."""

from __future__ import annotations

import re
from itertools import groupby

from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_ITEM = re.compile(r"[-–•*] +")
_BLANK_LINES = re.compile(r"\n{2,}")
_CLOSING = ".,;:!?)]}»”\"'"


def html_from_text(text: str) -> SafeString:
    """Return paragraphs, lists and links; everything else of `text` is escaped.

    Only addresses of the portal itself become links: what a person wrote into a challenge or a
    comment must not borrow the letter's good name.
    """
    blocks = (_block(block) for block in _BLANK_LINES.split(text.strip()) if block.strip())
    return mark_safe("\n".join(blocks))  # each block is safe already


def _block(block: str) -> SafeString:
    action = _action(block)
    if action:
        return format_html('<p><a class="action" href="{}">{}</a></p>', action[1], action[0])
    parts = groupby(block.split("\n"), key=lambda line: bool(_ITEM.match(line)))
    return mark_safe("\n".join(_part(is_list, list(lines)) for is_list, lines in parts))


def _part(is_list: bool, lines: list[str]) -> SafeString:
    if is_list:
        items = ((linked(_ITEM.sub("", line, count=1)),) for line in lines)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))
    body = format_html_join(mark_safe("<br>\n"), "{}", ((linked(line),) for line in lines))
    return format_html("<p>{}</p>", body)


def _action(block: str) -> tuple[str, str] | None:
    """Return label and address of a block that is nothing but "Label: address" or an address."""
    found = re.fullmatch(rf"(?:([^\n]{{1,100}}):\s+)?({_own_address()})", block.strip())
    if not found or found[2][-1] in _CLOSING:
        return None
    return found[1] or found[2], found[2]


def linked(line: str) -> SafeString:
    """Return `line` escaped, with the portal's own addresses as links."""
    parts: list[str] = []
    position = 0
    for found in re.finditer(_own_address(), line):
        address = found[0].rstrip(_CLOSING)
        parts += [
            escape(line[position : found.start()]),
            format_html('<a href="{}">{}</a>', address, address),
        ]
        position = found.start() + len(address)
    return mark_safe("".join([*parts, escape(line[position:])]))


def _own_address() -> str:
    """Return the pattern of an address on this portal: its host must end where it ends."""
    bare_host = rf"(?=[{re.escape(_CLOSING)}]*(?:\s|$))"
    return rf"{re.escape(settings.SITE_URL)}(?:/[^\s<>\"]*|{bare_host})"
