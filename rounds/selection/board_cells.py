"""The cells of the board's rows that differ from row to row."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from minno_portal.templatetags.portal import icon, marks, status_badge, working_days
from rounds.challenges.enums import Status
from rounds.selection.board_row import Row
from rounds.selection.enums import Party
from rounds.selection.standings import Standing

EMPTY = mark_safe("")


def notes_of(row: Row) -> SafeString:
    """Draw what deserves a look."""
    if not row.notes:
        return EMPTY
    each = '<li data-flag="{}">{}<span>{}</span></li>'
    notes = ((note.flag.value, icon(note.icon, 16), note.text) for note in row.notes)
    return format_html('<ul class="flags">{}</ul>', format_html_join("", each, notes))


def standing_of(row: Row, standing: Standing, party: Party) -> SafeString:
    """Draw one party's mean and spread, or why they do not show."""
    if not row.sees_marks:
        return _unseen(get_language() or "")
    drawn = _marks(standing.mean, party.value, get_language() or "")
    if standing.count <= 1:
        return drawn
    text = ngettext(
        "%(people)s person, spread %(spread)s",
        "%(people)s people, spread %(spread)s",
        standing.count,
    ) % {"people": standing.count, "spread": working_days(standing.spread)}
    return format_html('{}<span class="hint spread">{}</span>', drawn, text)


def status_of(row: Row) -> SafeString:
    """Draw the status, and whether a decision waits for being told."""
    return _status(row.challenge.status, row.needs_telling, get_language() or "")


# What many rows have in common is drawn once in each language.


@lru_cache(maxsize=512)
def _marks(mean: float | None, party: str, _language: str) -> SafeString:
    return marks(mean, party)


@lru_cache(maxsize=64)
def _status(status: str, needs_telling: bool, _language: str) -> SafeString:
    badge = status_badge(status, Status(status).label)
    if not needs_telling:
        return badge
    return format_html('{}<span class="hint told">{}</span>', badge, gettext("not told yet"))


@lru_cache(maxsize=8)
def _unseen(_language: str) -> SafeString:
    words = gettext("shown when you have assessed")
    return format_html('<span class="hint unseen">{}</span>', words)
