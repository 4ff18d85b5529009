"""What a trial says to the person who brought the table, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from organisations.people.enums import Language
from organisations.register.importing.fields import LABELS, Field
from organisations.register.importing.outcomes import Change, Outcome, TriedRow

OUTCOMES: dict[Outcome, str | Promise] = {
    Outcome.ADDED: gettext_lazy("Added"),
    Outcome.CHANGED: gettext_lazy("Changed"),
    Outcome.UNCHANGED: gettext_lazy("No change"),
    Outcome.REFUSED: gettext_lazy("Refused"),
}
# The look of each as a status of a challenge.
LOOKS = {
    Outcome.ADDED: "confirmed",
    Outcome.CHANGED: "submitted",
    Outcome.UNCHANGED: "not_selected",
    Outcome.REFUSED: "failed",
}
_LANGUAGES = (Field.LANGUAGE, Field.CONTACT_LANGUAGE)


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change in words; `old` is empty where there was nothing."""

    label: str | Promise
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the trial in words."""

    number: int
    name: str
    look: str
    outcome: str | Promise
    faults: list[tuple[str, str]]
    changes: list[ShownChange]


class Words:
    """Puts rows into words; knows the heads of the columns and the names of the areas."""

    def __init__(self, header: list[str], areas: Mapping[str, str]) -> None:
        self.header = header
        self.areas = areas

    def row(self, row: TriedRow) -> ShownRow:
        """Return the row in words."""
        return ShownRow(
            number=row.number,
            name=row.name,
            look=LOOKS[row.outcome],
            outcome=OUTCOMES[row.outcome],
            faults=self.faults(row),
            changes=[] if row.faults else [self._change(change) for change in row.changes],
        )

    def faults(self, row: TriedRow) -> list[tuple[str, str]]:
        """Return the name of the column and the sentence of each fault."""
        return [(self.column(fault.column), fault.sentence) for fault in row.faults]

    def column(self, number: int | None) -> str:
        """Return the head of a column, its letter where it has none."""
        if number is None:
            return ""
        return self.header[number] or _("Column %(letter)s") % {
            "letter": get_column_letter(number + 1)
        }

    def _change(self, change: Change) -> ShownChange:
        return ShownChange(
            LABELS[change.field],
            self._value(change.field, change.old),
            self._value(change.field, change.new),
        )

    def _value(self, each: Field, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, frozenset):
            return ", ".join(self.areas[code] for code in sorted(value))
        if each in _LANGUAGES:
            return str(Language(value).label)
        return value or ""
