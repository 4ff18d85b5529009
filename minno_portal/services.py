"""What every service has in common: one transaction, and the actor in the history."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.db import transaction

P = ParamSpec("P")
T = TypeVar("T")


def service(function: Callable[P, T]) -> Callable[P, T]:
    """Run `function` in one transaction, with its `actor` argument as the history's user."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        actor: Any = kwargs.get("actor")
        with transaction.atomic(), pghistory.context(user=actor.pk if actor else None):
            return function(*args, **kwargs)

    return run
