"""The whole line of a round as a drawing to scale: bars, numbered dates, holidays, July, today.

The rows below the drawing say the same in words, so to a screen reader it is one picture.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from minno_portal import clock, dates
from minno_portal.workdays import months_after
from rounds.planning.calendar import (
    FIELDS,
    JULY,
    follow_ups,
    holidays_between,
    in_days,
)
from rounds.planning.timeline import stops

WIDTH, HEIGHT = 1168, 132
MAIN_UNTIL = 930  # where the scale of weeks ends and the year of follow-ups begins
LEFT, RIGHT = 14, 1154
BAR_TOP, BAR_HEIGHT = 28, 26
DOT_AT, DOT_RADIUS = 92, 12
ROOM = 2 * DOT_RADIUS + 3  # what a dot needs of the line
LONGEST = dt.timedelta(days=800)
A_LETTER = 8.5  # what a letter in a bar takes
WIDE_ENOUGH = 70  # for the number of a month
ROOM_OF_A_NAME = 118  # for a month and its year

# Each bar: its class, where it begins and where it ends.
_BARS = (
    ("call", "call_opens_at", "call_closes_at"),
    ("selection", "call_closes_at", "decisions_on"),
    ("waiting", "decisions_on", "kickoff_on"),
    ("projects", "kickoff_on", "fest_on"),
    ("after", "fest_on", "evaluation_on"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to places: the round's own weeks take most of the width, the follow-ups the rest."""

    first: dt.date
    until: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        """Return the place of a day."""
        if day <= self.until:
            return _between(LEFT, MAIN_UNTIL, day, self.first, self.until)
        return _between(MAIN_UNTIL + 20, RIGHT, day, self.until, self.last)


def _between(left: float, right: float, day: dt.date, first: dt.date, last: dt.date) -> float:
    share = (day - first).days / max((last - first).days, 1)
    return left + (right - left) * min(max(share, 0), 1)


def draw_line(values: Mapping[str, Any]) -> SafeString:
    """Draw a round's dates and their follow-ups.

    :param values: dates by the field names of `Round`; the mid-review may be None.
    """
    days = in_days(values)
    later = follow_ups(days["fest_on"])
    ordered = sorted(days.values())
    scale = Scale(ordered[0], ordered[-1], max(later[-1], ordered[-1]))
    # A date typed decades away is an error beside its field, not a thousand marks here.
    ground = [*_months(scale), *_holidays(scale)] if scale.until - scale.first < LONGEST else []
    parts = [
        *ground,
        *_bars(scale, days),
        *_today(scale),
        *_dots(scale, values, later),
    ]
    label = _("The round from %(first)s to the last follow-up %(last)s, drawn to scale.") % {
        "first": dates.day(scale.first),
        "last": dates.day(later[-1]),
    }
    return format_html(
        '<svg class="whole-line" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        label,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _n(value: float) -> str:
    """Return a coordinate with one decimal, always with a point."""
    return f"{value:.1f}"


def _months(scale: Scale) -> Iterator[SafeString]:
    """Draw the months of the round's own weeks; July is shaded."""
    first = scale.first.replace(day=1)
    while first <= scale.until:
        following = months_after(first, 1)
        left, right = scale.x(max(first, scale.first)), scale.x(min(following, scale.until))
        if first.month == JULY:
            yield format_html(
                '<rect class="july" x="{}" y="0" width="{}" height="{}"/>',
                _n(left),
                _n(right - left),
                BAR_TOP + BAR_HEIGHT + 8,
            )
        yield format_html(
            '<line class="month" x1="{0}" x2="{0}" y1="0" y2="{1}"/>',
            _n(left),
            BAR_TOP + BAR_HEIGHT + 8,
        )
        if right - left > WIDE_ENOUGH:
            name = dates.month(first) if right - left > ROOM_OF_A_NAME else f"{first:%-m/%Y}"
            yield _text(left + 5, 14, name, "month-name")
        first = following


def _holidays(scale: Scale) -> Iterator[SafeString]:
    language = (get_language() or "fi")[:2]
    for day, name in holidays_between(scale.first, scale.until, language).items():
        yield format_html(
            '<rect class="holiday" x="{}" y="{}" width="4" height="6" rx="1">'
            "<title>{} {}</title></rect>",
            _n(scale.x(day) - 2),
            BAR_TOP - 8,
            dates.weekday_day(day),
            name,
        )


def _bars(scale: Scale, days: Mapping[str, dt.date]) -> Iterator[SafeString]:
    words = {
        "call": _("Call"),
        "selection": _("Selection"),
        "waiting": _("Before the kick-off"),
        "projects": _("Projects"),
        "after": pgettext("date in a calendar", "Evaluation"),
    }
    for kind, begins, ends in _BARS:
        left, right = scale.x(days[begins]), scale.x(days[ends])
        if right <= left:
            continue
        yield format_html(
            '<rect class="bar bar-{}" x="{}" y="{}" width="{}" height="{}" rx="3">'
            "<title>{}</title></rect>",
            kind,
            _n(left),
            BAR_TOP,
            _n(max(right - left - 2, 1)),
            BAR_HEIGHT,
            words[kind],
        )
        if right - left > A_LETTER * len(words[kind]) + 20:
            yield _text(left + 10, BAR_TOP + 18, words[kind], f"bar-word bar-word-{kind}")


def _today(scale: Scale) -> Iterator[SafeString]:
    today = clock.today()
    if scale.first <= today <= scale.last:
        yield format_html(
            '<line class="today" x1="{0}" x2="{0}" y1="{1}" y2="{2}"><title>{3}</title></line>',
            _n(scale.x(today)),
            BAR_TOP - 10,
            BAR_TOP + BAR_HEIGHT + 10,
            _("Today"),
        )


def _dots(
    scale: Scale, values: Mapping[str, Any], later: Sequence[dt.date]
) -> Iterator[SafeString]:
    """Draw the numbered dates in the order of time, each tied to its place on the scale."""
    marks = [(stop.field, stop.state) for stop in stops(values)]
    days = in_days(values)
    true = [scale.x(days[field]) for field, _state in marks] + [scale.x(day) for day in later]
    numbers = [FIELDS.index(field) + 1 for field, _state in marks]
    numbers += [len(FIELDS) + place for place in range(1, len(later) + 1)]
    states = [state for _field, state in marks]
    states += ["done" if day < clock.today() else "todo" for day in later]
    for x, place, number, state in zip(true, spread(true), numbers, states, strict=True):
        yield format_html(
            '<path class="tie" d="M{} {}L{} {}"/><circle class="dot {}" cx="{}" cy="{}" r="{}"/>',
            _n(x),
            BAR_TOP + BAR_HEIGHT,
            _n(place),
            DOT_AT - DOT_RADIUS,
            state,
            _n(place),
            DOT_AT,
            DOT_RADIUS,
        )
        yield _text(place, DOT_AT + 5, str(number), f"dot-number {state}")


def spread(places: Sequence[float]) -> list[float]:
    """Return places in the same order, near where they were, none over another or the edges."""
    found: list[float] = []
    for x in places:
        found.append(max(x, found[-1] + ROOM if found else LEFT))
    edge = float(RIGHT)
    for index in range(len(found) - 1, -1, -1):
        found[index] = min(found[index], edge)
        edge = found[index] - ROOM
    return found


def _text(x: float, y: float, words: str, kind: str) -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', kind, _n(x), y, words)
