"""What was typed and cannot be stored yet, kept in the server-side session.

Somebody who has not signed in has no draft, and somebody who was signed out in the middle of a
sentence has none at that moment: their words wait here, exactly as they were typed, under the
address they belong to. Signing in keeps the session's content; signing out empties it.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.errors import Refused
from rounds.planning.models import Round

SESSION_KEY = "kept_texts"
# A whole form with every answer at its limit takes some 40,000 characters.
MOST_CHARACTERS = 100_000
MOST_TEXTS = 6


class TooMuchToKeep(Refused):
    """More text than any form takes."""

    sentence = _("This is more text than can be kept. Shorten it before you go on.")


class KeptElsewhere(Refused):
    """Another window of the same browser has kept another text; carries it."""

    sentence = _("You have written this in another window too. Both texts are shown below.")

    def __init__(self, newer: Kept) -> None:
        super().__init__()
        self.newer = newer


@dataclass(frozen=True, slots=True)
class Kept:
    """Typed values by field, as a browser posts them.

    `number` grows with every keeping, so that two windows notice each other; `mark` stays the same
    and tells one writing from the next; `language` is that of the page.
    """

    number: int
    values: dict[str, list[str]]
    language: str
    kept_at: str
    mark: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def data(self) -> QueryDict:
        """The values as a form takes them."""
        posted = QueryDict(mutable=True)
        for name, values in self.values.items():
            posted.setlist(name, values)
        return posted

    @property
    def moment(self) -> dt.datetime:
        """When it was kept."""
        return dt.datetime.fromisoformat(self.kept_at)


def of_round(round_: Round) -> str:
    """Return the place of a challenge that has no draft yet."""
    return f"new:{round_.slug}"


def of_section(challenge_id: int, section: str) -> str:
    """Return the place of a section that could not be saved."""
    return f"edit:{challenge_id}:{section}"


def read(session: SessionBase, place: str) -> Kept | None:
    """Return what is kept at `place`."""
    found = session.get(SESSION_KEY, {}).get(place)
    return Kept(**found) if found else None


def keep(
    session: SessionBase,
    place: str,
    posted: QueryDict,
    names: Iterable[str],
    *,
    language: str,
    number: int | None = None,
) -> Kept:
    """Keep the posted values of the fields `names`, over what was kept there before.

    :param number: of the text that the window had opened; None keeps whatever stands there now.
    :raises TooMuchToKeep: when there is more than a form takes.
    :raises KeptElsewhere: when another window has kept something different in between.
    """
    values = {name: posted.getlist(name) for name in names if name in posted}
    if sum(len(value) for each in values.values() for value in each) > MOST_CHARACTERS:
        raise TooMuchToKeep
    before = read(session, place)
    if before and number is not None and number != before.number and values != before.values:
        raise KeptElsewhere(before)
    moment = clock.now().isoformat()
    if before:
        now = Kept(before.number + 1, values, language, moment, before.mark)
    else:
        now = Kept(1, values, language, moment)
    texts = {key: text for key, text in session.get(SESSION_KEY, {}).items() if key != place}
    newest = dict([*texts.items(), (place, asdict(now))][-MOST_TEXTS:])
    session[SESSION_KEY] = newest
    return now


def forget(session: SessionBase, place: str) -> None:
    """Forget what is kept at `place`: it has been stored."""
    texts = session.get(SESSION_KEY, {})
    if place in texts:
        session[SESSION_KEY] = {key: text for key, text in texts.items() if key != place}
