"""Draws the course of a challenge: in a template its many small choices take thrice the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from minno_portal import dates
from rounds.challenges.timeline import Step

register = template.Library()

_NOTHING, _HERE = mark_safe(""), mark_safe(' aria-current="step"')


@register.simple_tag
def timeline(steps: Iterable[Step]) -> SafeString:
    """Draw the steps in order, each with its date and what is to be known of it."""
    each = '<li class="{}"{}><span class="timeline-label">{}</span> {} {}</li>'
    rows = format_html_join("", each, _cells(steps))
    return format_html('<ol class="steps timeline">{}</ol>', rows)


def _cells(steps: Iterable[Step]) -> Iterator[tuple[object, ...]]:
    for step in steps:
        here = _HERE if step.state == "now" else _NOTHING
        detail = format_html('<span class="hint">{}</span>', step.detail) if step.detail else ""
        yield step.state, here, step.label, _when(step), detail


def _when(step: Step) -> SafeString:
    when = step.when
    if not when:
        return _NOTHING
    words = dates.deadline(when) if isinstance(when, dt.datetime) else dates.weekday_day(when)
    look = "timeline-when due" if step.is_deadline and step.state == "now" else "timeline-when"
    return format_html('<span class="{}">{}</span>', look, words)
