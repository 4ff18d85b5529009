"""Both parties' means as bars: SVG drawn here, with a text that says the same."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from minno_portal.templatetags.portal import HIGHEST_MARK
from rounds.selection.enums import Party
from rounds.selection.proposing.assessed import Side

# Colours of LOOK: the theme's tokens as the PDF needs them.
COLOURS = {Party.COORDINATOR.value: "#0b5a54", Party.INSTITUTION.value: "#e8b04a"}
INK, TRACK = "#1b2a30", "#e9f0ef"
WIDTH, ROW, LEFT, TRACK_WIDTH, THICK = 660, 24, 150, 260, 14


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing as a `data:` address, and its text."""

    src: str
    alt: str


def bars_of(sides: Sequence[Side]) -> Bars:
    """Return the parties' means from 1 to 5, a bar each."""
    rows = format_html_join("", "{}", ((part,) for part in _rows(sides)))
    svg = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" '
        'font-family="Source Sans Pro" font-size="13" fill="{2}">{3}</svg>',
        WIDTH,
        ROW * len(sides),
        INK,
        rows,
    )
    code = base64.b64encode(svg.encode()).decode("ascii")
    said = "; ".join(f"{side.name}: {side.words}" for side in sides)
    text = _("Means of the assessments from 1 to 5: %(means)s.") % {"means": said}
    return Bars(f"data:image/svg+xml;base64,{code}", text)


def _rows(sides: Sequence[Side]) -> Iterator[SafeString]:
    for place, side in enumerate(sides):
        top = place * ROW + (ROW - THICK) / 2
        yield _text(0, top + 12, Truncator(side.name).chars(22))
        yield _rect(LEFT, top, TRACK_WIDTH, TRACK)
        if side.mean is not None:
            yield _rect(LEFT, top, TRACK_WIDTH * side.mean / HIGHEST_MARK, COLOURS[side.party])
        yield _text(LEFT + TRACK_WIDTH + 10, top + 12, side.words)


def _rect(x: float, y: float, width: float, fill: str) -> SafeString:
    form = '<rect x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}"/>'
    return format_html(form, f"{x:.1f}", f"{y:.1f}", f"{width:.1f}", THICK, fill)


def _text(x: float, y: float, text: str) -> SafeString:
    return format_html('<text x="{}" y="{}">{}</text>', f"{x:.1f}", f"{y:.1f}", text)
