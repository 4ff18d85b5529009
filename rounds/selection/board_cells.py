"""The cells of the board's rows, drawn from plain values."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from minno_portal.templatetags.portal import icon, marks, status_badge, working_days
from rounds.selection.board_row import Row
from rounds.selection.enums import Party
from rounds.selection.standings import Standing

EMPTY = mark_safe("")


def move_button(row: Row, way: str, position: int, *, has_focus: bool) -> SafeString:
    """Draw a button that moves a row up or down, to the place `position`."""
    text = gettext("Move up: %(title)s") if way == "up" else gettext("Move down: %(title)s")
    return format_html(
        '<button form="ranking" formaction="{}?to={}" name="position" value="{}" '
        'class="icon-button" data-move="{}"{}{}>{}<span class="visually-hidden">{}</span></button>',
        url_of("ranking-move", row.challenge.pk),
        way,
        position,
        way,
        EMPTY if position else mark_safe(" hidden"),
        mark_safe(" autofocus") if has_focus else EMPTY,
        icon(f"chevron-{way}", 18),
        text % {"title": row.title},
    )


def title_of(row: Row) -> SafeString:
    """Draw the title, a link to the challenge."""
    challenge = row.challenge
    return format_html(
        '<a href="{}" lang="{}">{}</a>',
        url_of("challenge", challenge.pk),
        challenge.language,
        row.title,
    )


def giver_of(row: Row) -> SafeString:
    """Draw who gives it, and its reference number."""
    return format_html(
        ' <span class="hint">{} · <span class="nowrap">{}</span></span>',
        row.challenge.organisation.shown_name,
        row.challenge.reference,
    )


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
        return format_html('<span class="hint unseen">{}</span>', _unseen(get_language() or ""))
    drawn = marks(standing.mean, party.value)
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
    badge = status_badge(row.challenge.status, row.challenge.get_status_display())
    if not row.needs_telling:
        return badge
    return format_html('{}<span class="hint told">{}</span>', badge, gettext("not told yet"))


def assessing_words(row: Row) -> str:
    """Return what the link to the viewer's own assessment says."""
    if row.mine is None:
        return gettext("Assess")
    if row.mine.done_at is None:
        return gettext("Finish my assessment")
    if row.waits_for_me:
        return gettext("Look again")
    return gettext("Change my assessment")


@lru_cache(maxsize=8)
def _unseen(_language: str) -> str:
    return gettext("shown when you have assessed")


def url_of(name: str, key: int) -> str:
    """Return a challenge's page: the address is resolved once, the number put into it."""
    return _address(name, get_language() or "", get_script_prefix())(key)


@lru_cache(maxsize=64)
def _address(name: str, _language: str, _prefix: str) -> Callable[[int], str]:
    before, after = reverse(name, args=[0]).rsplit("0", 1)
    return lambda key: f"{before}{key}{after}"
