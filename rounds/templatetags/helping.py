"""Words of helping: who reads a comment, and what changed in a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from minno_portal.diff import Kind, Piece
from rounds.challenges.enums import Status
from rounds.challenges.helping import readers
from rounds.challenges.helping.beside import points_to_tick
from rounds.challenges.models import Challenge

register = template.Library()


@register.simple_tag
def seen_by(visibility: str, challenge: Challenge) -> str:
    """Say who reads a comment."""
    return readers.seen_by(visibility, challenge)


@register.inclusion_tag("rounds/challenges/helping/_points_if_any.html", takes_context=True)
def completion_points(context: Context, challenge: Challenge, page: str) -> dict[str, Any]:
    """Draw what its association was asked to complete, to be ticked off (at most one query).

    :param page: `submit`, or `edit` where the list stands beside the form of a section.
    """
    is_asked = challenge.status == Status.NEEDS_COMPLETION
    return {
        "challenge": challenge,
        "points": points_to_tick(challenge) if is_asked else [],
        "can_tick": True,
        "page": page,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def compared(pieces: Iterable[Piece]) -> SafeString:
    """Draw how a text changed: by lines and colour, and in words for whoever hears the page."""
    return mark_safe("".join(map(_drawn, pieces)))


def _drawn(piece: Piece) -> SafeString:
    if piece.kind == Kind.KEPT:
        return escape(piece.text)
    is_added = piece.kind == Kind.ADDED
    words = piece.text.lstrip()
    return format_html(
        '{space}<{tag}><span class="visually-hidden">{said} </span>{words}</{tag}>',
        space=piece.text[: len(piece.text) - len(words)],
        tag="ins" if is_added else "del",
        said=_("Added:") if is_added else _("Removed:"),
        words=words,
    )
