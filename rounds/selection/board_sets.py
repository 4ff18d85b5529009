"""Beside the board: the set that is being tried, and the sets that are suggested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal.templatetags.portal import decimal
from rounds.selection.board import Board
from rounds.selection.board_filters import VALUES, BoardFilters
from rounds.selection.board_row import Row
from rounds.selection.what_if import (
    DIGITS,
    NATIONAL,
    Candidate,
    Dimension,
    Traits,
    covered,
    mean_of,
    suggest,
    traits_of,
)
from rounds.selection.what_if_words import Names, dimension_label, reasons

# A longer title is cut where it stands in a sentence.
LONGEST_NAME = 48


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a set covers in one respect, and what of the board it leaves out."""

    label: str
    has: list[str]
    lacks: list[str]


@dataclass(frozen=True, slots=True)
class Trial:
    """The set that is being tried: its size, its mean and what it covers."""

    names: list[str]
    size: str
    is_too_many: bool
    mean: str
    comparison: str
    coverage: list[Coverage]


@dataclass(frozen=True, slots=True)
class Idea:
    """A suggested set: one click fills the picks, and nothing more."""

    names: list[str]
    reasons: list[str]
    query: str
    is_picked: bool


@dataclass(frozen=True, slots=True)
class Sets:
    """Everything beside the board that is about sets; `why_none` where nothing is suggested."""

    trial: Trial | None
    ideas: list[Idea]
    why_none: str
    left_out: str


def sets_of(board: Board, filters: BoardFilters) -> Sets:
    """Return the set to try and the suggestions."""
    pool = _Pool(board)
    why_none = pool.why_no_ideas()
    return Sets(
        trial=pool.trial(filters.picks) if filters.picks else None,
        ideas=[] if why_none else list(pool.ideas(filters)),
        why_none=why_none,
        left_out=pool.left_out(),
    )


class _Pool:
    """The board as candidates; the challenges that have a place are in every set."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.names: dict[tuple[Dimension, str], str] = {}
        self.candidates = {row.challenge.pk: self._candidate(row) for row in board.rows}
        self.kept = self._of(row for row in board.rows if row.takes_place)
        self.among = traits_of(self.candidates.values())

    def _candidate(self, row: Row) -> Candidate:
        organisation = row.challenge.organisation.shown_name
        named: Names = {
            (dimension, value): str(label)
            for dimension in (Dimension.AREA, Dimension.FIELD, Dimension.LANGUAGE, Dimension.FUND)
            for value, label in VALUES[dimension.value](row).items()
        }
        newcomer = {(Dimension.NEWCOMER, organisation): organisation} if row.is_newcomer else {}
        self.names |= {**named, **newcomer}
        return Candidate(
            pk=row.challenge.pk,
            name=_short(row.title),
            mean=row.mean,
            place=row.place,
            organisation=organisation,
            traits=frozenset({*named, *newcomer}),
            lacks=row.party_names[row.lacks[0]] if len(row.lacks) == 1 else "",
        )

    def _of(self, rows: Iterable[Row]) -> list[Candidate]:
        return [self.candidates[row.challenge.pk] for row in rows]

    # --- The set that is tried ---

    def trial(self, picks: Sequence[int]) -> Trial:
        """Return what the picked challenges make together with those that have a place."""
        picked = [*self.kept, *(self.candidates[pk] for pk in picks)]
        places = self.board.round.capacity
        mean = None if self._unseen(picked) else mean_of(picked)
        return Trial(
            names=[each.name for each in picked],
            size=self._size(len(picks)),
            is_too_many=len(picked) > places,
            mean="" if mean is None else decimal(mean, DIGITS),
            comparison=self._comparison(picked, mean),
            coverage=self._coverage(traits_of(picked)),
        )

    def _size(self, picks: int) -> str:
        left = self.board.places_left
        text = ngettext(
            "%(picks)d picked, one place left.", "%(picks)d picked, %(left)d places left.", left
        ) % {"picks": picks, "left": left}
        if not self.kept:
            return text
        chosen = ngettext(
            "The confirmed one is counted in.",
            "The %(count)d confirmed ones are counted in.",
            len(self.kept),
        ) % {"count": len(self.kept)}
        return f"{text} {chosen}"

    def _comparison(self, picked: Sequence[Candidate], mean: float | None) -> str:
        if self._unseen(picked):
            return _("The joint mean shows when you have assessed all of them.")
        first = self._of(self.board.rows[: self.board.round.capacity])
        of_first = mean_of(first)
        if mean is None or of_first is None:
            return ""
        if {each.pk for each in first} == {each.pk for each in picked}:
            return _("These are the first ones on the board.")
        return _compared(mean - of_first, len(first))

    def _unseen(self, picked: Iterable[Candidate]) -> bool:
        hidden = {row.challenge.pk for row in self.board.rows if not row.sees_marks}
        return any(each.pk in hidden for each in picked)

    def _coverage(self, traits: Traits) -> list[Coverage]:
        found = []
        for dimension in Dimension:
            has, lacks = covered(traits, dimension, self.among)
            if NATIONAL in has:
                has = {NATIONAL}
            if has or lacks:
                named = (self._named(dimension, values) for values in (has, lacks))
                found.append(Coverage(dimension_label(dimension), *named))
        return found

    def _named(self, dimension: Dimension, values: Iterable[str]) -> list[str]:
        return sorted(self.names[dimension, value] for value in values)

    # --- The sets that are suggested ---

    @property
    def weighed(self) -> list[Row]:
        """The challenges that suggestions are made of: open, their marks known to the viewer."""
        return [row for row in self.board.rows if row.is_open and row.sees_marks]

    def left_out(self) -> str:
        """Return how many challenges wait for the viewer's own view; empty where none does."""
        count = sum(row.is_open and not row.sees_marks for row in self.board.rows)
        if not count:
            return ""
        return ngettext(
            "One challenge is left out until you have assessed it.",
            "%(count)d challenges are left out until you have assessed them.",
            count,
        ) % {"count": count}

    def why_no_ideas(self) -> str:
        """Return why nothing is suggested; empty where something is."""
        if not any(row.is_open for row in self.board.rows):
            return _("No challenge is being weighed now.")
        if not self.board.places_left:
            return _("Every place is taken.")
        if not self.weighed:
            return _("Suggestions show when you have assessed challenges.")
        if all(row.mean is None for row in self.weighed):
            return _("Suggestions come when there are assessments.")
        return ""

    def ideas(self, filters: BoardFilters) -> Iterator[Idea]:
        """Yield the best sets in words."""
        places = self.board.places_left
        for idea in suggest(self._of(self.weighed), places=places, kept=self.kept):
            picks = [each.pk for each in sorted(idea.picked, key=lambda each: each.place)]
            yield Idea(
                names=[self.candidates[pk].name for pk in picks],
                reasons=reasons(idea, self.names),
                query=filters.query(picks=picks),
                is_picked=set(picks) == set(filters.picks),
            )


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_NAME else Truncator(title).chars(LONGEST_NAME)


def _compared(difference: float, places: int) -> str:
    size = decimal(abs(difference), DIGITS)
    if float(size.replace(",", ".")) == 0:
        return _("As high as the first %(places)d on the board.") % {"places": places}
    text = (
        _("%(difference)s higher than the first %(places)d on the board.")
        if difference > 0
        else _("%(difference)s lower than the first %(places)d on the board.")
    )
    return text % {"difference": size, "places": places}
