"""Telling several things in one letter, each thing once.

A reminder is due to a reader, and so may others be on the same day: they are one letter. What has
been told is kept by key, thing by thing, so it does not matter with which others it was told.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

from minno_portal import clock
from minno_portal.outbox.daytime import sending_moment
from minno_portal.outbox.enums import State
from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.models import Letter, Telling
from minno_portal.outbox.rendering import Values
from minno_portal.outbox.sender import PORTAL, Sender
from minno_portal.outbox.services import Recipient, queue_letter

T = TypeVar("T")
LONGEST_KEY = 170


@dataclass(frozen=True, slots=True)
class Due(Generic[T]):
    """Something that one reader is to be told.

    :param key: names what is told to whom: it is told once.
    :param at: the moment from which it is to be told.
    :param expires_at: the moment after which it would only confuse.
    :param thing: what the letter is made of.
    :param group: things of different groups never stand in one letter.
    :param thread: the round's slug.
    :param rule: the name of the rule that makes it due.
    """

    key: str
    to: Recipient
    at: dt.datetime
    expires_at: dt.datetime
    thing: T
    group: Hashable = ""
    thread: str = ""
    rule: str = ""

    def __post_init__(self) -> None:
        """Keep the key within its column, however long the address in it is."""
        if len(self.key) > LONGEST_KEY:
            digest = hashlib.sha256(self.key.encode()).hexdigest()
            object.__setattr__(self, "key", f"{self.key[:100]}:{digest}")


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter about several things is made of."""

    values: Values
    sender: Sender = PORTAL
    about: models.Model | None = None
    is_secret: bool = False


Write = Callable[[Sequence[T]], Content]


def tell(kind: Kind, dues: Iterable[Due[T]], write: Write[T]) -> int:
    """Queue one letter a reader for everything that is due by the end of the day.

    Nothing goes before something is due now. In the night a kind for the daytime is not even
    written, so that in the morning it tells only what is still true.

    :param dues: may hold what has been told already, and what is not due yet.
    :param write: makes the letter's content of the things, the most urgent first.
    :returns: how many letters were queued.
    """
    moment, end = clock.now(), _end_of_day()
    open_ones = [due for due in dues if due.at < end and due.expires_at > moment]
    if not any(due.at <= moment for due in open_ones):
        return 0
    told = _told({due.key for due in open_ones})
    untold = [due for due in open_ones if due.key not in told]
    return sum(_tell_one(kind, group, write) for group in _by_reader(untold))


def _end_of_day() -> dt.datetime:
    return clock.helsinki(clock.today() + dt.timedelta(days=1), 0)


def _told(keys: set[str]) -> set[str]:
    """Return what has been told; what a letter did not tell in time may be told anew."""
    lost = Telling.objects.filter(key__in=keys, letter__state=State.EXPIRED)
    lost.delete()
    tellings = Telling.objects.filter(key__in=keys).values_list("key", flat=True)
    letters = Letter.objects.filter(key__in=keys).exclude(state=State.EXPIRED)
    return {*tellings, *letters.values_list("key", flat=True)}


def _by_reader(dues: Iterable[Due[T]]) -> Iterator[list[Due[T]]]:
    """Yield what one reader may be told in one letter, the soonest to expire first."""
    found: dict[tuple[str, Hashable], dict[str, Due[T]]] = {}
    for due in sorted(dues, key=lambda due: (due.expires_at, due.at)):
        found.setdefault((due.to.email.lower(), due.group), {}).setdefault(due.key, due)
    return (list(each.values()) for each in found.values())


def _tell_one(kind: Kind, dues: Sequence[Due[T]], write: Write[T]) -> bool:
    moment, first = clock.now(), dues[0]
    if all(due.at > moment for due in dues):
        return False
    if kind.in_daytime and sending_moment(moment, first.expires_at) > moment:
        return False
    content = write([due.thing for due in dues])
    # The moment tells apart: where a deadline was moved, an expired letter is followed by another.
    key = f"{first.key}@{first.expires_at:%Y%m%d%H%M}"
    queued = queue_letter(
        kind,
        key=key,
        to=first.to,
        values=content.values,
        sender=content.sender,
        about=content.about,
        is_secret=content.is_secret,
        expires_at=first.expires_at,
    )
    if queued:
        _remember(key, dues)
    return queued


def _remember(key: str, dues: Iterable[Due[T]]) -> None:
    letter = Letter.objects.only("pk").get(key=key)
    Telling.objects.bulk_create(
        Telling(key=due.key, letter=letter, thread=due.thread, rule=due.rule) for due in dues
    )
