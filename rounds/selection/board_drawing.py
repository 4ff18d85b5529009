"""The board's rows, drawn from patterns: a template takes several times as long for 200 of them.

Every button of a row belongs to one of the page's two forms (`ranking`, `what-if`) by its `form`
attribute, so that a row needs no form and no token of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from minno_portal.templatetags.portal import icon
from rounds.challenges.enums import Status
from rounds.selection.board_cells import (
    EMPTY,
    assessing_words,
    giver_of,
    move_button,
    notes_of,
    standing_of,
    status_of,
    title_of,
    url_of,
)
from rounds.selection.board_row import Row
from rounds.selection.enums import Party

# Inside `conditional_escape`d labels a brace would be a place of the pattern.
_BRACES = str.maketrans({"{": "{{", "}": "}}"})


@dataclass(frozen=True)
class Drawing:
    """How one person's board is drawn."""

    rows: Sequence[Row]
    all_count: int
    capacity: int
    party_names: tuple[str, str]
    coordinates: bool
    can_rank: bool
    picks: frozenset[int]
    moved: str
    direction: str

    def body(self) -> SafeString:
        """Draw the rows, and the line of the capacity where some are above and some below it."""
        pattern = self._pattern()
        drawn = [format_html(pattern, *self._cells(index)) for index in range(len(self.rows))]
        above = sum(row.place <= self.capacity for row in self.rows)
        if self.all_count > self.capacity:
            drawn.insert(above, self._divider())
        return mark_safe("".join(drawn))

    def _pattern(self) -> str:
        names = (
            gettext("Place"),
            gettext("Challenge"),
            *self.party_names,
            gettext("Funding"),
            gettext("Status"),
        )
        place, main, *others = (conditional_escape(name).translate(_BRACES) for name in names)
        return (
            '<tr id="challenge-{}" data-row="{}"{}><td class="pick">{}</td>'
            f'<td class="place" data-label="{place}">{{}}'
            '<span class="place-number">{}</span>{}</td>'
            f'<td class="main" data-label="{main}">{{}}{{}}{{}}{{}}</td>'
            + "".join(f'<td data-label="{other}">{{}}</td>' for other in others)
            + "</tr>"
        )

    def _cells(self, index: int) -> Iterator[object]:
        row = self.rows[index]
        key = row.challenge.pk
        is_moved = self.moved == str(key)
        yield from (key, key, mark_safe(' class="is-moved"') if is_moved else EMPTY)
        yield self._pick(row)
        yield self._handle(row) if self.can_rank else EMPTY
        yield row.place
        yield self._moves(index, is_moved=is_moved) if self.can_rank else EMPTY
        yield title_of(row)
        yield giver_of(row)
        yield notes_of(row)
        yield self._links(row)
        yield standing_of(row, row.coordinator, Party.COORDINATOR)
        yield standing_of(row, row.institution, Party.INSTITUTION)
        yield row.funding
        yield status_of(row)

    def _pick(self, row: Row) -> SafeString:
        if row.takes_place:
            return EMPTY
        return format_html(
            '<input class="form-check-input" type="checkbox" form="what-if" name="pick" '
            'value="{}" aria-label="{}"{}>',
            row.challenge.pk,
            gettext("Try in a set: %(title)s") % {"title": row.title},
            mark_safe(" checked") if row.challenge.pk in self.picks else EMPTY,
        )

    def _handle(self, row: Row) -> SafeString:
        """Draw what is dragged or moved by arrows: only a script can serve it, and shows it."""
        return format_html(
            '<button type="button" class="icon-button handle" data-handle hidden '
            'aria-describedby="handle-help">{}<span class="visually-hidden">{}</span></button>',
            icon("grip-vertical", 18),
            gettext("Move: %(title)s") % {"title": row.title},
        )

    def _moves(self, index: int, *, is_moved: bool) -> SafeString:
        """Draw the buttons up and down: past the neighbour that is shown."""
        above = self.rows[index - 1].place if index else 0
        below = self.rows[index + 1].place if index + 1 < len(self.rows) else 0
        focus = self.direction if (above if self.direction == "up" else below) else ""
        focus = focus or ("up" if above else "down")
        row = self.rows[index]
        return format_html(
            '<span class="place-moves">{}{}</span>',
            move_button(row, "up", above, has_focus=is_moved and focus == "up"),
            move_button(row, "down", below, has_focus=is_moved and focus == "down"),
        )

    def _links(self, row: Row) -> SafeString:
        links = list(self._actions(row))
        if not links:
            return EMPTY
        each = '<a href="{}">{}<span class="visually-hidden">: {}</span></a>'
        drawn = format_html_join("", each, ((url, text, row.title) for url, text in links))
        return format_html('<span class="row-links">{}</span>', drawn)

    def _actions(self, row: Row) -> Iterator[tuple[str, str]]:
        key, status = row.challenge.pk, row.challenge.status
        if row.can_assess:
            yield url_of("challenge-assess", key), assessing_words(row)
        elif row.stands_aside and row.is_open:
            yield url_of("challenge-assess", key), gettext("You stand aside")
        if not self.coordinates:
            return
        if status == Status.SUBMITTED:
            yield url_of("challenge-set-aside", key), gettext("Set aside")
        if row.needs_telling or status == Status.RESERVE:
            yield url_of("decision-edit", key), gettext("Decision and reason")

    def _divider(self) -> SafeString:
        text = ngettext(
            "%(places)s place. Those below this line stay in reserve or are not selected.",
            "%(places)s places. Those below this line stay in reserve or are not selected.",
            self.capacity,
        )
        return format_html(
            '<tr class="divider" data-divider><td colspan="7">{}</td></tr>',
            text % {"places": self.capacity},
        )
