"""Who acts for which side of a partnership; every step's permissions are composed of these."""

from __future__ import annotations

from typing import Any

import rules

from organisations.partnership.letters import houses_of
from organisations.partnership.models import Partnership

# The way from an object to its partnership, one attribute at a time.
_PATHS = ("partnership", "round", "challenge", "packet", "phase")


def partnership_of(thing: Any) -> Partnership:
    """Return the partnership that `thing` (a round, a challenge, a proposal …) belongs to."""
    if isinstance(thing, Partnership):
        return thing
    for name in _PATHS:
        if hasattr(thing, name):
            return partnership_of(getattr(thing, name))
    raise TypeError(f"{thing!r} belongs to no partnership")


@rules.predicate
def coordinates(user: Any, thing: Any) -> bool:
    """Whether the user is a coordinator of the object's partnership."""
    return bool(user.is_authenticated and partnership_of(thing).is_coordinated_by(user))


@rules.predicate
def hosts(user: Any, thing: Any) -> bool:
    """Whether the user is the institution's staff in the object's partnership."""
    return bool(user.is_authenticated and partnership_of(thing).is_hosted_by(user))


@rules.predicate
def administers(user: Any, thing: Any = None) -> bool:
    """Whether the user is an administrator: manages people and organisations, decides nothing."""
    return bool(user.is_authenticated and user.is_superuser)


@rules.predicate
def looks_after(user: Any, letter: Any) -> bool:
    """Whether the user coordinates the partnership on whose behalf the letter goes out."""
    return bool(user.is_authenticated and letter.house in houses_of(user))


rules.add_perm("organisations.see_partnership", coordinates | hosts | administers)
rules.add_perm("organisations.manage_partnership", coordinates | administers)
rules.add_perm("outbox.see_letter", looks_after | administers)
rules.add_perm("outbox.handle_letter", looks_after)
# The own texts of letters, of a partnership or of a round: the outbox asks for these two.
rules.add_perm("outbox.see_texts", coordinates | administers)
rules.add_perm("outbox.write_texts", coordinates)
# Name, sign-off, address and logo that letters go out under.
rules.add_perm("organisations.see_sender", coordinates | administers)
rules.add_perm("organisations.change_sender", coordinates)
