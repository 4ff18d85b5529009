"""The choices of a question as rows of the editor: typing, moving and removing them.

Everything here is plain data: a button gives new rows, and only saving looks for faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from minno_portal.languages import language_name
from rounds.call.questions.options import LANGUAGES, Option

OPTION_LENGTH = 120
MOST_OPTIONS = 40
# Empty rows to begin with, and how many more a press of the button gives.
MORE = 3
MORE_ROWS = "more"
_KEY = re.compile(r"o\d{1,4}\Z")
_PRESS = re.compile(r"(up|down|remove)-(\d{1,2})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One choice as it stands on the page; `key` is empty until it has been saved."""

    key: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def cells(self) -> list[tuple[str, str, str]]:
        """The boxes of the row: code and name of the language, and what is in it."""
        return [(code, language_name(code), self.texts.get(code, "")) for code in LANGUAGES]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been typed in any language."""
        return not any(text.strip() for text in self.texts.values())


class FaultyRows(Exception):
    """What was typed cannot be kept; carries the rows with an error on each faulty one."""

    def __init__(self, rows: list[OptionRow]) -> None:
        super().__init__()
        self.rows = rows


def rows_of(options: Sequence[Option]) -> list[OptionRow]:
    """Return the rows of saved choices; empty ones where there is none."""
    rows = [
        OptionRow(option["key"], {code: option.get(code, "") for code in LANGUAGES})
        for option in options
    ]
    return rows or [OptionRow()] * MORE


def read(data: Mapping[str, Any]) -> list[OptionRow]:
    """Return the rows of a posted page, as they were typed."""
    rows = []
    for index in range(MOST_OPTIONS):
        names = {code: f"option-{index}-{code}" for code in LANGUAGES}
        if any(name in data for name in names.values()):
            key = str(data.get(f"option-{index}-key", ""))
            texts = {code: str(data.get(name, "")) for code, name in names.items()}
            rows.append(OptionRow(key if _KEY.match(key) else "", texts))
    return rows


def press(rows: Sequence[OptionRow], button: str) -> tuple[list[OptionRow], int | None]:
    """Return the rows after a button, and the row where the focus goes on.

    The button gives more rows, or moves or removes one.
    """
    after = list(rows)
    if button == MORE_ROWS:
        more = [OptionRow()] * min(MORE, MOST_OPTIONS - len(after))
        return after + more, len(after) if more else None
    found = _PRESS.match(button)
    if found is None or int(found[2]) >= len(after):
        return after, None
    action, index = found[1], int(found[2])
    if action == "remove":
        del after[index]
        return after, min(index, len(after) - 1) if after else None
    beside = index - 1 if action == "up" else index + 1
    if not 0 <= beside < len(after):
        return after, index
    after[index], after[beside] = after[beside], after[index]
    return after, beside


def options_from(rows: Sequence[OptionRow], before: Sequence[Option]) -> list[Option]:
    """Return the choices that `rows` say; empty rows say none.

    :param before: the saved choices; only their keys are known, and a new choice gets a fresh one.
    :raises FaultyRows: when something typed cannot be kept.
    """
    checked = _marked_twins([_checked(row) for row in rows if not row.is_empty])
    if any(row.error for row in checked):
        raise FaultyRows(checked)
    known = {option["key"] for option in before}
    fresh = _fresh_keys(known)
    options: list[Option] = []
    taken: set[str] = set()
    for row in checked:
        key = row.key if row.key in known - taken else next(fresh)
        taken.add(key)
        options.append({"key": key, **row.texts})
    return options


def _checked(row: OptionRow) -> OptionRow:
    """Return the row with its texts as they are kept, or with what is wrong with one."""
    clean = forms.CharField(max_length=OPTION_LENGTH, required=False).clean
    try:
        return replace(row, texts={code: clean(text) for code, text in row.texts.items()})
    except ValidationError as error:
        return replace(row, error=" ".join(error.messages))


def _marked_twins(rows: Sequence[OptionRow]) -> list[OptionRow]:
    """Return the rows with an error on each that says the same as one before it."""
    seen: set[tuple[str, str]] = set()
    marked = []
    for row in rows:
        said = {(code, text.casefold()) for code, text in row.texts.items() if text}
        is_twin = bool(said & seen)
        seen |= said
        twin = _("Another choice says the same. Change or remove one of them.")
        marked.append(replace(row, error=twin) if is_twin and not row.error else row)
    return marked


def _fresh_keys(known: Iterable[str]) -> Iterator[str]:
    numbers = [int(key[1:]) for key in known if _KEY.match(key)]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"o{number}"
