"""The patterns that the board's rows are drawn from.

What every row of a page says alike is put together once: words are fetched and escaped, addresses
resolved. What differs stands in braces, and `format_html` escapes it when a row fills them in.

Every button of a row belongs to one of the page's two forms (`ranking`, `what-if`) by its `form`
attribute, so that a row needs no form and no token of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.db.models import TextChoices
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from minno_portal.templatetags.portal import icon

_BRACES = str.maketrans({"{": "{{", "}": "}}"})


class Link(TextChoices):
    """What a row offers to do."""

    ASSESS = "assess", _("Assess")
    FINISH = "finish", _("Finish my assessment")
    LOOK_AGAIN = "look_again", _("Look again")
    CHANGE = "change", _("Change my assessment")
    STANDS_ASIDE = "stands_aside", _("You stand aside")
    SET_ASIDE = "set_aside", _("Set aside")
    DECISION = "decision", _("Decision and reason")


# The others lead to the person's own assessment.
_PAGES = {Link.SET_ASIDE: "challenge-set-aside", Link.DECISION: "decision-edit"}


def row_pattern(
    party_names: Sequence[str], links: Sequence[Link], *, can_rank: bool, can_pick: bool
) -> str:
    """Return the pattern of a row.

    :param party_names: the heads of the two columns of means.
    :param links: what the row offers to do.
    :returns: a pattern with the places `key`, `title`, `language`, `place`, `giver`, `reference`,
        `notes`, `coordinator`, `institution`, `funding`, `status` and `moved`; `checked` where it
        can be picked; and where it can be ranked, `up` and `down` (places) and `up_more` and
        `down_more` (further attributes).
    """
    coordinator, institution = map(_fixed, party_names)
    return (
        '<tr id="challenge-{key}" data-row="{key}"{moved}>'
        f'<td class="pick">{_pick() if can_pick else ""}</td>'
        f'<td class="place" data-label="{_fixed(gettext("Place"))}">{_handle() if can_rank else ""}'
        f'<span class="place-number">{{place}}</span>{_moves() if can_rank else ""}</td>'
        f'<td class="main" data-label="{_fixed(gettext("Challenge"))}">'
        f'<a href="{_address("challenge")}" lang="{{language}}">{{title}}</a>'
        ' <span class="hint">{giver} · <span class="nowrap">{reference}</span></span>'
        f"{{notes}}{_links(links)}</td>"
        f'<td data-label="{coordinator}">{{coordinator}}</td>'
        f'<td data-label="{institution}">{{institution}}</td>'
        f'<td data-label="{_fixed(gettext("Funding"))}">{{funding}}</td>'
        f'<td data-label="{_fixed(gettext("Status"))}">{{status}}</td></tr>'
    )


def _fixed(words: str | Promise) -> str:
    """Return words to stand in a pattern as they are."""
    return str(conditional_escape(str(words))).translate(_BRACES)


def _of_title(words: str) -> str:
    """Return words that name the title, as a pattern."""
    return _fixed(words) % {"title": "{title}"}


@lru_cache(maxsize=64)
def _resolved(name: str, _language: str, _prefix: str) -> str:
    before, after = reverse(name, args=[0]).rsplit("0", 1)
    return f"{before}{{key}}{after}"


def _address(name: str) -> str:
    return _resolved(name, get_language() or "", get_script_prefix())


def _pick() -> str:
    label = _of_title(gettext("Try in a set: %(title)s"))
    return (
        '<input class="form-check-input" type="checkbox" form="what-if" name="pick" '
        f'value="{{key}}" aria-label="{label}"{{checked}}>'
    )


def _handle() -> str:
    """Return what is dragged or moved by arrows: only a script can serve it, and shows it."""
    label = _of_title(gettext("Move: %(title)s"))
    return (
        '<button type="button" class="icon-button handle" data-handle hidden '
        f'aria-describedby="handle-help">{icon("grip-vertical", 18)}'
        f'<span class="visually-hidden">{label}</span></button>'
    )


def _moves() -> str:
    up = _move("up", gettext("Move up: %(title)s"))
    down = _move("down", gettext("Move down: %(title)s"))
    return f'<span class="place-moves">{up}{down}</span>'


def _move(way: str, label: str) -> str:
    return (
        f'<button form="ranking" formaction="{_address("ranking-move")}?to={way}" name="position" '
        f'value="{{{way}}}" class="icon-button" data-move="{way}"{{{way}_more}}>'
        f'{icon(f"chevron-{way}", 18)}<span class="visually-hidden">{_of_title(label)}</span>'
        "</button>"
    )


def _links(links: Sequence[Link]) -> str:
    if not links:
        return ""
    each = '<a href="{}">{}<span class="visually-hidden">: {{title}}</span></a>'
    drawn = "".join(
        each.format(_address(_PAGES.get(link, "challenge-assess")), _fixed(link.label))
        for link in links
    )
    return f'<span class="row-links">{drawn}</span>'
