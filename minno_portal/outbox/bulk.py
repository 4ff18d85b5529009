"""Delivering letters to many: one after the other over one connection, behind all other letters.

What a person waits for (a code, a receipt) has a task of its own. Letters to many share one: it
works for a few seconds, then goes to the end of the queue, so that nobody waits for a campaign.
There is one such task at work at a time, however many have been queued.

Each letter is claimed before the server hears of it and its answer written down before the next
one is taken, so it is known of each whether it was accepted, as it is with a connection a letter.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

from django.core.cache import cache
from django.core.mail import get_connection
from django.db import connection as database
from django.db import transaction
from redis.exceptions import RedisError

from minno_portal.outbox.delivery import close_quietly, mark_failed, mark_sent, take
from minno_portal.outbox.messages import message_for
from minno_portal.outbox.models import Letter
from minno_portal.outbox.retrying import judge

SECONDS_AT_ONCE = 5.0
# Servers end long connections themselves, in the middle of a letter if need be.
LETTERS_A_CONNECTION = 100
# A task that was lost in the queue is asked for again after this time.
SECONDS_ASKED = 60
_ASKED = "outbox:bulk-asked"
# Names the lock in PostgreSQL; it goes with the process that holds it.
_LOCK = 0x6D696E6E6F


def is_first_to_ask() -> bool:
    """Whether no task for letters to many stands in the queue; from now on one does."""
    try:
        return bool(cache.add(_ASKED, 1, timeout=SECONDS_ASKED))
    except RedisError:
        return True


def is_called() -> None:
    """Say that the task has left the queue."""
    with suppress(RedisError):
        cache.delete(_ASKED)


def is_waiting() -> bool:
    """Whether a letter to many may be delivered now."""
    return bool(Letter.objects.due().filter(is_bulk=True).exists())


def deliver_for_a_while(seconds: float = SECONDS_AT_ONCE) -> bool:
    """Deliver letters to many for some seconds.

    :returns: whether there are more that nobody else delivers.
    """
    with _alone() as is_mine:
        if not is_mine:
            return False
        end = time.monotonic() + seconds
        with closing(_Line()) as line:
            while letter := _claim_next():
                line.deliver(letter)
                if time.monotonic() >= end:
                    return is_waiting()
    return False


class _Line:
    """A connection to the mail server, opened when it is needed and anew after any trouble."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._carried = 0

    def deliver(self, letter: Letter) -> None:
        """Give the letter to the mail server and write down what it says."""
        try:
            self._opened().send_messages([message_for(letter)])
        except Exception as error:  # noqa: BLE001 (every error is judged and written down)
            self.close()
            mark_failed(letter, judge(error))
            return
        mark_sent(letter)
        self._carried += 1

    def _opened(self) -> Any:
        if self._carried >= LETTERS_A_CONNECTION:
            self.close()
        if self._connection is None:
            self._connection = get_connection()
            self._connection.open()
        return self._connection

    def close(self) -> None:
        """Hang up; the next letter opens the connection anew."""
        if self._connection is not None:
            close_quietly(self._connection)
        self._connection, self._carried = None, 0


def _claim_next() -> Letter | None:
    with transaction.atomic(durable=True):
        due = Letter.objects.due().filter(is_bulk=True).order_by("not_before", "pk")
        letter: Letter | None = due.select_for_update(skip_locked=True).first()
        return take(letter) if letter else None


@contextmanager
def _alone() -> Iterator[bool]:
    """Tell whether this process is the only one that delivers letters to many."""
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with database.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
