"""What of the database's history is told of a challenge: to whom, and in which words.

Each tracked table is a source; steps above this one register theirs in their handlers.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise

from organisations.people.models import User
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.permissions import is_of_party
from rounds.challenges.sections import form_of

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at the history of which challenge.

    `is_party` is true of the coordinator's and the institution's people, `is_association` of
    whoever sees the challenge as its giver alone; an administrator is neither.
    """

    challenge: Challenge
    user: User
    is_party: bool
    is_association: bool
    revisions: Sequence[Revision]

    @property
    def labels(self) -> Mapping[str, Text]:
        """The questions' names by field, those that are no longer asked among them."""
        sections = form_of(self.challenge.round).ever
        return {each.field: each.label for section in sections for each in section.questions}


def looking_at(challenge: Challenge, user: User) -> Looking:
    """Return how `user`, who is known to see the challenge, looks at its history (one query)."""
    is_party = bool(is_of_party.test(user, challenge))
    return Looking(
        challenge,
        user,
        is_party=is_party,
        is_association=not (is_party or user.is_superuser),
        revisions=list(challenge.revisions.order_by("number")),
    )


@dataclass(frozen=True, slots=True)
class Event:
    """A row as a trigger left it.

    `before` is the state that the event before left it in, None when the row is new.
    """

    at: dt.datetime
    data: Mapping[str, Any]
    before: Mapping[str, Any] | None

    @property
    def is_new(self) -> bool:
        """Whether the row was made by this event."""
        return self.before is None

    def became(self, name: str) -> bool:
        """Whether `name` was empty before and is not now."""
        return bool(self.data[name]) and not (self.before and self.before[name])

    def changed(self, name: str) -> bool:
        """Whether `name` has another value than before, and there was one before."""
        return self.before is not None and self.data[name] != self.before[name]

    def moment(self, name: str) -> dt.datetime | None:
        """Return the moment that the row holds in `name`."""
        value = self.data[name]
        return dt.datetime.fromisoformat(value) if value else None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: its words, who reads it, what was written, and a link.

    `fields` are names of questions that changed with it. A line that has nothing else tells of
    writing: several by one person within an hour are told as one.
    """

    text: Text = ""
    readers: Text = ""
    quote: str = ""
    fields: tuple[Text, ...] = ()
    url: str = ""

    @property
    def is_writing(self) -> bool:
        """Whether it tells of nothing but writing."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Source:
    """A tracked table, or a side of one.

    `fields` are the columns that `tell` needs, by name; `rows` narrows the table's events to what
    this person may be told of, and returns None where that is nothing.
    """

    key: str
    model: type[models.Model]
    fields: Mapping[str, Any]
    rows: Callable[[Looking], models.Q | None]
    tell: Callable[[Event, Looking], Iterator[Line]]


_sources: dict[str, Source] = {}


def tells_history(*told: Source) -> None:
    """Register tables whose history is told; within a moment, in the order of registering."""
    _sources.update({source.key: source for source in told})


def sources() -> Mapping[str, Source]:
    """Return the tables by key."""
    return _sources


def columns(*names: str) -> Mapping[str, Any]:
    """Return the columns as a source names them."""
    return {name: name for name in names}


def to_parties(looking: Looking) -> models.Q | None:
    """Tell of the challenge's rows to the two parties and administrators."""
    return None if looking.is_association else to_all(looking)


def to_association(looking: Looking) -> models.Q | None:
    """Tell of the challenge's rows to its association."""
    return to_all(looking) if looking.is_association else None


def to_all(looking: Looking) -> models.Q | None:
    """Tell of the challenge's rows to whoever sees the challenge."""
    return models.Q(challenge=looking.challenge.pk)
