"""A person's own data in one file (GDPR 15 and 20); higher steps register what they hold.

Every column that leads to a person is named here by its path, such as `rounds.Comment.author`:
what is exported names it, and what is not says why. A test finds columns that nobody has named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from minno_portal import clock
from organisations.membership.services import own_addresses
from organisations.people.models import User

Exporter = Callable[[User], Any]

_exporters: dict[str, Exporter] = {}
_covered: set[str] = set()
_left_out: dict[str, str] = {}


def exports_data(name: str, *, covers: Iterable[str] = ()) -> Callable[[Exporter], Exporter]:
    """Register a function that returns what is held of a person; use it as a decorator.

    :param name: under which it stands in the file.
    :param covers: the paths of the columns by which it finds the person.
    """

    def register(exporter: Exporter) -> Exporter:
        _exporters[name] = exporter
        _covered.update(covers)
        return exporter

    return register


def exports_rows(
    name: str,
    model: type[models.Model],
    by: str,
    fields: Iterable[str],
    *,
    where: models.Q | None = None,
) -> None:
    """Register the rows of a table that lead to a person, each with some of its fields.

    :param name: under which they stand in the file.
    :param by: the column with the person, or with their address.
    :param where: narrows the rows to what the person may know already.
    """
    meta: Any = model._meta  # noqa: SLF001 (a documented interface in spite of its name)
    by_address = isinstance(meta.get_field(by), models.EmailField)

    @exports_data(name, covers=(f"{meta.label}.{by}",))
    def rows(user: User) -> list[dict[str, Any]]:
        mine = at_own_address(user, by) if by_address else models.Q((by, user))
        found = meta.base_manager.filter(mine & (where or models.Q()))
        return [dict(row) for row in found.order_by("pk").values(*fields)]


def at_own_address(user: User, *columns: str) -> models.Q:
    """Return what finds rows with one of the person's addresses in one of the columns."""
    found = models.Q()
    for address in own_addresses(user):
        for column in columns:
            found |= models.Q((f"{column}__iexact", address))
    return found


def leaves_out(path: str, why: str) -> None:
    """Say of a column with a person in it why its rows are not exported by it."""
    _left_out[path] = why


def named_columns() -> set[str]:
    """Return the paths of all columns that are exported by, or left out with a reason."""
    return _covered | set(_left_out)


def data_of(user: User) -> dict[str, Any]:
    """Return everything that is held of `user`, ready for JSON."""
    parts = {name: exporter(user) for name, exporter in _exporters.items()}
    return {"made_at": clock.now(), **parts}
