"""What helping adds to the challenge's own page: a party's, and its association's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.helping.beside import help_with, still_asked
from rounds.challenges.helping.services import record_reading
from rounds.challenges.helping.tabs import CHALLENGE, tabs_of, ways_on
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.permissions import is_of_party, writes_for


def review_help(
    challenge: Challenge, user: User, revisions: Sequence[Revision], *, is_newest: bool
) -> dict[str, Any]:
    """Return what a party sees around the text, and remember that it has read the newest version.

    :param is_newest: whether the page shows the newest version.
    """
    helped = help_with(challenge, user)
    newest = revisions[-1].number if revisions else None
    if newest and is_newest and helped.read != newest and is_of_party.test(user, challenge):
        record_reading(challenge, newest, reader=user)
    return {
        "tabs": tabs_of(challenge, CHALLENGE, reviews=True),
        "ways": list(ways_on(challenge, helped.around)),
        "points": helped.points,
        "seen": helped.seen,
    }


def own_help(challenge: Challenge, user: User) -> dict[str, Any]:
    """Return what the association sees of being helped; a draft has been nowhere yet."""
    tabs = tabs_of(challenge, CHALLENGE, reviews=False)
    if challenge.submitted_at is None:
        return {"tabs": tabs}
    helped = help_with(challenge)
    is_asked = challenge.status == Status.NEEDS_COMPLETION
    return {
        "tabs": tabs,
        "points": still_asked(helped.points) if is_asked else [],
        "can_tick": is_asked and writes_for.test(user, challenge),
        "seen": helped.seen,
    }
