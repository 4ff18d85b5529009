"""What the board's address says: which rows to show and which set to try; nonsense means none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minno_portal.numbers import KEY_DIGITS, whole_number
from organisations.people.enums import Language
from rounds.challenges.enums import Field, Status
from rounds.selection.board_flags import Flag
from rounds.selection.board_row import Row
from rounds.selection.what_if import NATIONAL

# More picks than anybody ticks: the rest of a made-up address is not read.
MOST_PICKS = 50
Choices = list[tuple[str, str | Promise]]


# The values that a row has in one respect, with the words for each.
Values = Mapping[str, str | Promise]
_FIELDS = dict(Field.choices)
_LANGUAGES = dict(Language.choices)
_STATUSES = dict(Status.choices)
_FLAGS = dict(Flag.choices)


def _areas(row: Row) -> Values:
    return {NATIONAL: _("The whole country")} if row.challenge.is_national else row.areas


def _fields(row: Row) -> Values:
    return {value: _FIELDS.get(value, value) for value in row.challenge.hoped_fields}


def _language(row: Row) -> Values:
    value = row.challenge.working_language
    return {value: _LANGUAGES.get(value, value)}


def _status(row: Row) -> Values:
    return {row.challenge.status: _STATUSES[row.challenge.status]}


def _lacks(row: Row) -> Values:
    return {party: row.party_names.get(party, party) for party in row.lacks}


def _fund(row: Row) -> Values:
    return {row.fund: row.fund} if row.fund else {}


def _flags(row: Row) -> Values:
    return {note.flag.value: _FLAGS[note.flag.value] for note in row.notes}


VALUES: dict[str, Callable[[Row], Values]] = {
    "status": _status,
    "lacks": _lacks,
    "area": _areas,
    "field": _fields,
    "language": _language,
    "fund": _fund,
    "flag": _flags,
}
# Everything the address may say.
NAMES = frozenset({*VALUES, "pick"})
# In which order the values are offered; the others go by their words.
_ORDERS: dict[str, list[str]] = {
    "status": list(Status.values),
    "flag": list(Flag.values),
    "area": [NATIONAL],
}


@dataclass(frozen=True)
class BoardFilters:
    """One person's way to look at a board."""

    rows: list[Row]
    chosen: dict[str, str]
    picks: tuple[int, ...]

    @classmethod
    def of(cls, query: QueryDict, rows: list[Row]) -> BoardFilters:
        """Read the address's query: only values that some row has narrow anything."""
        known = {row.challenge.pk for row in rows if not row.takes_place}
        picked = query.getlist("pick")[:MOST_PICKS]
        picks = known & {whole_number(text, digits=KEY_DIGITS) for text in picked}
        chosen = {}
        for name, values in VALUES.items():
            value = query.get(name, "")
            if value and any(value in values(row) for row in rows):
                chosen[name] = value
        order = (row.challenge.pk for row in rows)
        return cls(rows, chosen, tuple(pk for pk in order if pk in picks))

    @cached_property
    def shown(self) -> list[Row]:
        """The rows that pass; their places stay what they are."""
        return [
            row
            for row in self.rows
            if all(value in VALUES[name](row) for name, value in self.chosen.items())
        ]

    @property
    def in_force(self) -> int:
        """How many filters narrow."""
        return len(self.chosen)

    @cached_property
    def selects(self) -> list[Select]:
        """The filters that have something to choose from."""
        labels = {
            "status": _("Status"),
            "lacks": _("Assessment missing from"),
            "area": _("Area"),
            "field": _("Field of study"),
            "language": _("Working language"),
            "fund": _("Fund"),
            "flag": _("Deserves a look"),
        }
        made = (
            Select(name, label, self._choices(name), self.chosen.get(name, ""))
            for name, label in labels.items()
        )
        return [select for select in made if select.choices]

    def _choices(self, name: str) -> Choices:
        found: dict[str, str | Promise] = {}
        values = VALUES[name]
        for row in self.rows:
            found.update(values(row))
        order = _ORDERS.get(name, [])

        def place(choice: tuple[str, str | Promise]) -> tuple[int, str]:
            value, label = choice
            return (order.index(value) if value in order else len(order), str(label))

        return sorted(found.items(), key=place)

    def query(self, *, picks: Iterable[int] | None = None, narrowed: bool = True) -> str:
        """Return the address's query, with other picks or without the filters."""
        pairs = list(self.chosen.items()) if narrowed else []
        chosen = self.picks if picks is None else picks
        return urlencode([*pairs, *(("pick", str(pk)) for pk in chosen)])

    @property
    def cleared(self) -> str:
        """The query without filters: the set stays."""
        return self.query(narrowed=False)

    @property
    def unpicked(self) -> str:
        """The query without a set to try: the filters stay."""
        return self.query(picks=())


@dataclass(frozen=True, slots=True)
class Select:
    """One filter of the form."""

    name: str
    label: str
    choices: Choices
    value: str
