"""What the table can show: columns by key, which later steps add to in their handlers.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import rules
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from organisations.people.models import User
from rounds.planning.models import Round

Text = str | Promise
# The values of one challenge: its fields, the annotations of columns and what loaders found.
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loader:
    """What lies beside the challenges: asked once for the rows of a page, kept under `key`."""

    key: str
    load: Callable[[Round, User, Sequence[int]], Mapping[int, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table.

    `cell` draws it from a row's values: `fields` of the challenge, `annotations` made for who
    looks, and the `loader`'s. `sort` names the fields that order by it, without the number that
    breaks ties; `look` is the class of its cells, `permission` what seeing it takes.
    """

    key: str
    label: Text
    cell: Callable[[Row], object]
    fields: tuple[str, ...] = ()
    annotations: Mapping[str, Callable[[User], Combinable]] = field(default_factory=dict)
    loader: Loader | None = None
    sort: tuple[str, ...] = ()
    look: str = ""
    is_default: bool = False
    permission: str = "rounds.see_round"


_columns: dict[str, Column] = {}


def add_columns(columns: Iterable[Column]) -> None:
    """Register columns; they stand in the table in this order."""
    _columns.update({column.key: column for column in columns})


def columns_for(user: User, round_: Round) -> dict[str, Column]:
    """Return what `user` may choose of a round's table."""
    allowed: dict[str, bool] = {}
    for column in _columns.values():
        if column.permission not in allowed:
            allowed[column.permission] = rules.has_perm(column.permission, user, round_)
    return {key: column for key, column in _columns.items() if allowed[column.permission]}


def loaded(
    columns: Iterable[Column], round_: Round, user: User, keys: Sequence[int]
) -> dict[str, Mapping[int, Any]]:
    """Return what the columns' loaders find of the challenges `keys`, each loader asked once."""
    loaders = {column.loader.key: column.loader for column in columns if column.loader}
    return {key: loader.load(round_, user, keys) for key, loader in loaders.items()}
