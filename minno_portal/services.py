"""What every service has in common: one transaction, and who acted when in the history."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pghistory
import rules
from django.db import transaction

from minno_portal import clock
from minno_portal.errors import NotAllowed

P = ParamSpec("P")
T = TypeVar("T")


def service(function: Callable[P, T]) -> Callable[P, T]:
    """Run `function` in one transaction, with its `actor` argument as the history's user.

    The history keeps the portal's own time, too: the database knows only the real one.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        actor: Any = kwargs.get("actor")
        who, at = actor.pk if actor else None, clock.now().isoformat()
        with transaction.atomic(), pghistory.context(user=who, at=at):
            return function(*args, **kwargs)

    return run


def require_permission(permission: str, actor: object, thing: object) -> None:
    """Refuse an actor who has not the permission on `thing`.

    :raises NotAllowed: when they have not.
    """
    if not rules.has_perm(permission, actor, thing):
        raise NotAllowed
