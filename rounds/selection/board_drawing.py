"""The board's rows, drawn from patterns: a template takes several times as long for 200 of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from rounds.challenges.enums import Status
from rounds.selection.board_cells import EMPTY, notes_of, standing_of, status_of
from rounds.selection.board_patterns import Link, row_pattern
from rounds.selection.board_row import Row
from rounds.selection.enums import Party

_MOVED = mark_safe(' class="is-moved"')
_CHECKED = mark_safe(" checked")
_HIDDEN = mark_safe(" hidden")
_FOCUSED = mark_safe(" autofocus")


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
    _patterns: dict[tuple[bool, tuple[Link, ...]], str] = field(default_factory=dict)

    def body(self) -> SafeString:
        """Draw the rows, and the line of the capacity where some are above and some below it."""
        drawn = [self._row(index) for index in range(len(self.rows))]
        above = sum(row.place <= self.capacity for row in self.rows)
        if self.all_count > self.capacity:
            drawn.insert(above, self._divider())
        return mark_safe("".join(drawn))

    def _row(self, index: int) -> SafeString:
        row = self.rows[index]
        challenge = row.challenge
        is_moved = self.moved == str(challenge.pk)
        return format_html(
            self._pattern(row),
            key=challenge.pk,
            title=row.title,
            language=challenge.language,
            place=row.place,
            giver=challenge.organisation.shown_name,
            reference=challenge.reference,
            notes=notes_of(row),
            coordinator=standing_of(row, row.coordinator, Party.COORDINATOR),
            institution=standing_of(row, row.institution, Party.INSTITUTION),
            funding=row.funding,
            status=status_of(row),
            moved=_MOVED if is_moved else EMPTY,
            checked=_CHECKED if challenge.pk in self.picks else EMPTY,
            **(self._moves(index, is_moved=is_moved) if self.can_rank else {}),
        )

    def _pattern(self, row: Row) -> str:
        kind = (not row.takes_place, tuple(self._links(row)))
        if kind not in self._patterns:
            can_pick, links = kind
            self._patterns[kind] = row_pattern(
                self.party_names, links, can_rank=self.can_rank, can_pick=can_pick
            )
        return self._patterns[kind]

    def _moves(self, index: int, *, is_moved: bool) -> dict[str, object]:
        """Return what the buttons up and down do: past the neighbour that is shown."""
        above = self.rows[index - 1].place if index else 0
        below = self.rows[index + 1].place if index + 1 < len(self.rows) else 0
        focus = self.direction if (above if self.direction == "up" else below) else ""
        focus = focus or ("up" if above else "down")
        return {
            "up": above,
            "down": below,
            "up_more": self._more(above, has_focus=is_moved and focus == "up"),
            "down_more": self._more(below, has_focus=is_moved and focus == "down"),
        }

    def _more(self, position: int, *, has_focus: bool) -> SafeString:
        return (EMPTY if position else _HIDDEN) + (_FOCUSED if has_focus else EMPTY)

    def _links(self, row: Row) -> Iterator[Link]:
        status = row.challenge.status
        if row.can_assess:
            yield _own_assessment(row)
        elif row.stands_aside and row.is_open:
            yield Link.STANDS_ASIDE
        if not self.coordinates:
            return
        if status == Status.SUBMITTED:
            yield Link.SET_ASIDE
        if row.needs_telling or status == Status.RESERVE:
            yield Link.DECISION

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


def _own_assessment(row: Row) -> Link:
    if row.mine is None:
        return Link.ASSESS
    if row.mine.done_at is None:
        return Link.FINISH
    return Link.LOOK_AGAIN if row.waits_for_me else Link.CHANGE
