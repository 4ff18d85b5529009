"""The report's charts: SVG drawn here, with a text that says the same."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from minno_portal.templatetags.portal import decimal, working_days
from rounds.reports.figures import ChallengeLine, PhaseLine, RoundFigures

# Colours of LOOK: the theme's tokens as the PDF needs them.
PINE, SUN, INK, SOFT, LINE = "#0b5a54", "#e8b04a", "#1b2a30", "#4c5a60", "#d5dfde"
# In the order of the chart: from what came of it to what did not.
STATUS_COLOURS = {
    "completed": "#073f3b",
    "running": "#0b5a54",
    "confirmed": "#1d6a3a",
    "reserve": "#3f7f78",
    "proposed": "#64439a",
    "submitted": "#1d5c9c",
    "needs_completion": "#7a5200",
    "not_selected": "#7a7264",
    "withdrawn": "#625a4c",
}
WIDTH = 680
LABELS = 150


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as a `data:` address, and its text."""

    src: str
    alt: str


def charts_of(figures: RoundFigures) -> dict[str, Chart]:
    """Return the charts by name: `days`, `statuses`, `means`; empty ones fall out."""
    charts = {"days": days_chart(figures.phases)}
    if figures.challenges:
        charts["statuses"] = status_chart(figures.by_status)
    if figures.has_assessments:
        charts["means"] = means_chart(figures.challenges)
    return charts


def _chart(height: float, body: SafeString, alt: str) -> Chart:
    svg = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" '
        'font-family="Source Sans Pro" font-size="13" fill="{2}">{3}</svg>',
        WIDTH,
        height,
        INK,
        body,
    )
    code = base64.b64encode(svg.encode()).decode("ascii")
    return Chart(f"data:image/svg+xml;base64,{code}", alt)


def _numbers(*values: float) -> list[str]:
    """Return coordinates with one decimal, always with a point."""
    return [f"{value:.1f}" for value in values]


def _rect(x: float, y: float, width: float, height: float, fill: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}"/>',
        *_numbers(x, y, max(width, 0), height),
        fill,
    )


def _text(x: float, y: float, text: str, *, anchor: str = "start", fill: str = INK) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>',
        *_numbers(x, y),
        anchor,
        fill,
        text,
    )


def _join(parts: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _legend(entries: Sequence[tuple[str, str]], y: float) -> list[SafeString]:
    """Draw colour keys in a row: (colour, words)."""
    parts: list[SafeString] = []
    x: float = LABELS
    for colour, words in entries:
        parts += [_rect(x, y - 10, 12, 12, colour), _text(x + 18, y, words)]
        x += 40 + 7 * len(words)
    return parts


def days_chart(phases: Sequence[PhaseLine]) -> Chart:
    """Draw estimated against logged working days, two bars a phase."""
    row, top = 34, 34
    most = max([float(max(line.estimated or 0, line.logged)) for line in phases] or [1.0]) or 1.0
    scale = (WIDTH - LABELS - 60) / most
    parts = _legend([(LINE, _("Estimated, working days")), (PINE, _("Logged, working days"))], 14)
    for place, line in enumerate(phases):
        y = top + place * row
        parts.append(_text(0, y + 17, f"{line.number} {line.short_name}"))
        for shift, days, colour in ((0, line.estimated, LINE), (13, line.logged, PINE)):
            width = float(days or 0) * scale
            parts.append(_rect(LABELS, y + shift, width, 11, colour))
            words = working_days(days) if days is not None else _("varies")
            parts.append(_text(LABELS + width + 6, y + shift + 10, words, fill=SOFT))
    rows = [
        _("%(phase)s: estimated %(estimated)s, logged %(logged)s")
        % {
            "phase": line.short_name,
            "estimated": working_days(line.estimated),
            "logged": working_days(line.logged),
        }
        for line in phases
    ]
    title = _("Bar chart of working days by phase.")
    return _chart(top + row * len(phases), _join(parts), f"{title} {'; '.join(rows)}.")


def status_chart(by_status: Sequence[tuple[str, str, int]]) -> Chart:
    """Draw how the challenges ended up: one bar, a part for each status."""
    order = list(STATUS_COLOURS)
    by_status = sorted(by_status, key=lambda row: order.index(row[0]))
    total = sum(count for _key, _label, count in by_status)
    parts: list[SafeString] = []
    x = 0.0
    for key, _label, count in by_status:
        width = WIDTH * count / total
        colour = STATUS_COLOURS[key]
        parts.append(_rect(x, 0, width - 3, 26, colour))
        parts.append(_text(x + 9, 18, str(count), fill="#ffffff"))
        x += width
    for place, (key, label, count) in enumerate(by_status):
        left, y = 170 * (place % 4), 50 + 20 * (place // 4)
        parts.append(_rect(left, y - 10, 12, 12, STATUS_COLOURS[key]))
        parts.append(_text(left + 18, y, f"{label} {count}"))
    rows = ", ".join(f"{label} {count}" for _key, label, count in by_status)
    height = 60 + 20 * ((len(by_status) - 1) // 4)
    said = _("Challenges by status: %(statuses)s.") % {"statuses": rows}
    return _chart(height, _join(parts), said)


def means_chart(challenges: Sequence[ChallengeLine]) -> Chart:
    """Draw the parties' mean scores as dots on a line from 1 to 5."""
    row, top, left = 26, 48, 300
    step = (WIDTH - left - 20) / 4
    bottom = top + row * len(challenges)
    parts = _legend([(PINE, _("Coordinator's mean")), (SUN, _("Institution's mean"))], 14)
    for score in range(1, 6):
        x = left + (score - 1) * step
        parts.append(_rect(x, top - 8, 1, bottom - top + 4, LINE))
        parts.append(_text(x, top - 14, str(score), anchor="middle", fill=SOFT))
    rows = []
    for place, line in enumerate(challenges):
        y = top + place * row + 8
        parts.append(_rect(left, y, WIDTH - left - 20, 0.8, LINE))
        parts.append(_text(0, y + 4, f"{line.number:02d}  {Truncator(line.title).chars(40)}"))
        parts += _dots(line, left, step, y)
        rows.append(_means_words(line))
    title = _("Dot chart of the mean scores from 1 to 5.")
    return _chart(bottom, _join(parts), f"{title} {'; '.join(rows)}.")


def _dots(line: ChallengeLine, left: float, step: float, y: float) -> list[SafeString]:
    dots = []
    for mean, colour, shift in ((line.coordinator_mean, PINE, -4), (line.institution_mean, SUN, 4)):
        if mean is not None:
            x = left + (mean - 1) * step
            circle = '<circle cx="{}" cy="{}" r="6" fill="{}" stroke="#ffffff"/>'
            dots.append(format_html(circle, *_numbers(x, y + shift), colour))
    return dots


def _means_words(line: ChallengeLine) -> str:
    return _("%(number)s: coordinator %(coordinator)s, institution %(institution)s") % {
        "number": f"{line.number:02d}",
        "coordinator": _mean_words(line.coordinator_mean),
        "institution": _mean_words(line.institution_mean),
    }


def _mean_words(mean: float | None) -> str:
    return _("not assessed") if mean is None else decimal(mean, 1)
