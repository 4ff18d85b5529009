"""Who may change what is known of a person."""

from __future__ import annotations

from typing import Any

import rules

from minno_portal.errors import NotAllowed
from organisations.partnership.permissions import administers
from organisations.people.models import User


@rules.predicate
def is_self(user: Any, person: Any) -> bool:
    """Whether the person is the user themselves."""
    return bool(user.is_authenticated and person is not None and user.pk == person.pk)


rules.add_perm("organisations.edit_person", is_self)
rules.add_perm("organisations.administer", administers)


def require_self(actor: User, person: User) -> None:
    """Refuse when `person` is not the actor.

    :raises NotAllowed: when it is somebody else.
    """
    if not rules.has_perm("organisations.edit_person", actor, person):
        raise NotAllowed


def require_administrator(actor: User) -> None:
    """Refuse when the actor is no administrator.

    :raises NotAllowed: when they are not.
    """
    if not rules.has_perm("organisations.administer", actor):
        raise NotAllowed
