"""What trying a table tells: of each row whether it adds, changes or is refused, and why."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from organisations.register.importing.fields import Field
from organisations.register.importing.state import Entry, Person


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row: in which column, and a sentence."""

    column: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a row would give another value."""

    field: Field
    old: Any
    new: Any


@dataclass(slots=True)
class TriedRow:
    """A row with what would become of it."""

    number: int
    name: str
    faults: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    entry: Entry | None = None
    person: Person | None = None
    is_new: bool = False

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row."""
        if self.faults:
            return Outcome.REFUSED
        if self.is_new:
            return Outcome.ADDED
        return Outcome.CHANGED if self.changes else Outcome.UNCHANGED


@dataclass(frozen=True, slots=True)
class Trial:
    """Every row with its outcome."""

    rows: list[TriedRow]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome.value: counted[outcome] for outcome in Outcome}

    @property
    def digest(self) -> str:
        """A short text that differs when anything else would be stored, in any language."""
        told = [
            (row.number, row.outcome, row.entry.pk if row.entry else None, _told(row.changes))
            for row in self.rows
        ]
        text = json.dumps(told, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def _told(changes: Sequence[Change]) -> list[tuple[str, Any, Any]]:
    plain = [
        sorted(value) if isinstance(value, frozenset) else value
        for change in changes
        for value in (change.old, change.new)
    ]
    names = [change.field for change in changes]
    return list(zip(names, plain[::2], plain[1::2], strict=True))
