"""Declarative tables of state changes, read by services, buttons, tests and docs/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import rules

from minno_portal.errors import NotAllowed, WrongState


class HasStatus(Protocol):
    """A model instance whose life a table describes."""

    @property
    def status(self) -> str:
        """Where it is now."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a table: from which statuses an action leads where, and who may take it.

    `permission` names a `rules` permission that is asked with the object; `letter` is the kind of
    letter that the service queues, or empty.
    """

    action: str
    sources: frozenset[str]
    target: str
    permission: str
    letter: str = ""


class TransitionTable:
    """The rows of one model's life."""

    def __init__(self, *rows: Transition) -> None:
        self.rows = rows

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.rows)

    def find(self, status: str, action: str, target: str | None = None) -> Transition | None:
        """Return the row for `action` from `status` (and to `target`, where an action forks)."""
        for row in self.rows:
            if row.action == action and status in row.sources and target in (None, row.target):
                return row
        return None

    def require(
        self, thing: HasStatus, action: str, *, actor: object, target: str | None = None
    ) -> Transition:
        """Return the row for `action`, or refuse.

        :param thing: the object, freshly read under a lock.
        :param actor: the user who acts.
        :param target: the wanted status where an action forks.
        :raises NotAllowed: when no row of this action is open to the actor.
        :raises WrongState: when the object's status has no such row.
        """
        permissions = {row.permission for row in self.rows if row.action == action}
        if not any(rules.has_perm(permission, actor, thing) for permission in permissions):
            raise NotAllowed
        row = self.find(thing.status, action, target)
        if row is None:
            raise WrongState
        if not rules.has_perm(row.permission, actor, thing):
            raise NotAllowed
        return row

    def open_actions(self, thing: HasStatus, *, actor: object) -> list[str]:
        """Return the actions that `actor` may take now, in the order of the table, each once."""
        return list(
            dict.fromkeys(
                row.action
                for row in self.rows
                if thing.status in row.sources and rules.has_perm(row.permission, actor, thing)
            )
        )
