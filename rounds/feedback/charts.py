"""Small drawings of how ratings are distributed, as inline SVG without style attributes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

COLUMNS = 30
HEIGHT = 44
STEP = 22
WIDTH = 18


def distribution(shares: Sequence[int]) -> SafeString:
    """Draw a column for each per cent in `shares`, the highest column full.

    The drawing is hidden from screen readers: the page gives them the numbers.
    """
    most = max([*shares, 1])
    columns = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="11" fill="#4c5a60">{}</text>',
        (_column(place, share / most, share) for place, share in enumerate(shares)),
    )
    return format_html(
        '<svg width="{0}" height="{1}" viewBox="0 0 {0} {1}" aria-hidden="true" '
        'focusable="false">{2}</svg>',
        STEP * len(shares),
        HEIGHT,
        columns,
    )


def _column(place: int, part: float, share: int) -> tuple[int | str, ...]:
    height = max(round(part * COLUMNS), 2)
    x, colour = place * STEP, "#0b5a54" if share else "#d5dfde"
    return x, COLUMNS - height, WIDTH, height, colour, x + WIDTH // 2, HEIGHT - 3, place + 1
