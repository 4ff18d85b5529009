"""Delivering letters: claim under a lock, hand over to SMTP, write down what happened.

The claim is committed before SMTP hears of the letter, so a letter that is claimed is nobody
else's, however often its task runs. A process that dies in between leaves the letter claimed;
the sweep brings it back, and only a letter that SMTP had accepted in that very moment goes twice
(with the same Message-ID).
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from smtplib import SMTPException
from typing import Any

from django.core.mail import get_connection
from django.db import OperationalError, connection, transaction

from minno_portal import clock
from minno_portal.outbox import replies
from minno_portal.outbox.daytime import sending_moment
from minno_portal.outbox.enums import State
from minno_portal.outbox.failing import mark_failing
from minno_portal.outbox.kinds import kind_called
from minno_portal.outbox.messages import message_for
from minno_portal.outbox.models import Letter
from minno_portal.outbox.retrying import Failure, Verdict, judge, wait_after

# Longer than any delivery may take (a task's time limit is five minutes).
STUCK_AFTER = dt.timedelta(minutes=10)
SWEPT_AT_ONCE = 500
# How long to wait, in seconds, for a database that restarts while a letter is handed over.
WRITE_WAITS = (0.5, 1, 2, 4, 8, 15, 30)

# The letter waits no longer than it has waited already: its next attempt is due at once.
LOST_WORKER = Failure(Verdict.AT_ONCE, replies.LOST_WORKER)

logger = logging.getLogger(__name__)


def deliver_letter(letter_id: int) -> State | None:
    """Deliver a letter if it is due and nobody else delivers it.

    :returns: the state the letter came to, None when there was nothing to do.
    """
    letter = _claim(letter_id)
    if letter is None:
        return None
    try:
        _hand_over(letter)
    except Exception as error:  # noqa: BLE001 (every error is judged and written down)
        return mark_failed(letter, judge(error))
    return mark_sent(letter)


def recover_letters(stuck_after: dt.timedelta = STUCK_AFTER) -> list[int]:
    """Put the table in order and return the letters that have to be dispatched again.

    Letters past their time expire, letters stuck with a lost worker come back; those that are due
    are returned, the oldest first (letters to many have a task of their own, see `bulk`). Safe to
    run twice, also at once: dispatching is only a hint.

    :param stuck_after: how long a claimed letter is left to the process that claimed it.
    """
    _expire()
    _release_stuck(clock.now() - stuck_after)
    due = Letter.objects.due().filter(is_bulk=False).order_by("not_before", "pk")
    return list(due.values_list("pk", flat=True)[:SWEPT_AT_ONCE])


def _claim(letter_id: int) -> Letter | None:
    """Take the letter for this process, or return None when it is not to be had."""
    with transaction.atomic(durable=True):
        letter: Letter | None = (
            Letter.objects.due().select_for_update(skip_locked=True).filter(pk=letter_id).first()
        )
        if letter is None or _waits_for_day(letter):
            return None
        return take(letter)


def take(letter: Letter) -> Letter:
    """Write down, under the letter's lock, that this process delivers it now."""
    letter.state = State.SENDING
    letter.claimed_at = clock.now()
    letter.attempts += 1
    letter.save(update_fields=["state", "claimed_at", "attempts"])
    return letter


def _waits_for_day(letter: Letter) -> bool:
    """Whether the letter is one for the daytime and this is the night: then it is put off."""
    kind = kind_called(letter.kind)
    moment = clock.now()
    letter.not_before = (
        sending_moment(moment, letter.expires_at) if kind and kind.in_daytime else moment
    )
    if letter.not_before > moment:
        letter.save(update_fields=["not_before"])
        return True
    return False


def _hand_over(letter: Letter) -> None:
    """Give the letter to the mail server; no error means that the server has accepted it."""
    message = message_for(letter)
    connection = get_connection()
    connection.open()
    try:
        connection.send_messages([message])
    finally:
        close_quietly(connection)


def close_quietly(connection: Any) -> None:
    """Close a connection: accepted is accepted, trouble in saying goodbye sends nothing again."""
    with suppress(OSError, SMTPException):
        connection.close()


def mark_sent(letter: Letter) -> State:
    """Write down that the mail server has accepted the letter."""
    # Whatever the row says by now (a sweep may have taken it for stuck), the letter is out.
    values: dict[str, Any] = {"state": State.SENT, "sent_at": clock.now(), "last_error": ""}
    # One that has come back already (bounces are quick) stays so.
    open_ones = Letter.objects.exclude(state__in=(State.SENT, State.BOUNCED)).filter(pk=letter.pk)
    _insist(lambda: open_ones.update(**values, **_secret_texts(letter)))
    return State.SENT


def _insist(write: Callable[[], object]) -> None:
    """Write down what has happened in spite of a database that is away for a while.

    A letter that is out and not written down would go out again.
    """
    for wait in WRITE_WAITS:
        try:
            write()
        except OperationalError:
            logger.warning("the database is away, waiting %s s", wait)
            connection.close()
            time.sleep(wait)
        else:
            return
    write()


def mark_failed(letter: Letter, failure: Failure) -> State:
    """Write down a failed attempt, and when the next one is, if there is one."""
    wait = wait_after(letter.attempts, failure.verdict)
    values: dict[str, Any] = {"state": State.FAILED, **_secret_texts(letter)}
    if wait is not None:
        values = {"state": State.RETRY, "not_before": clock.now() + wait}
    mine = Letter.objects.filter(pk=letter.pk, state=State.SENDING, claimed_at=letter.claimed_at)
    mine.update(last_error=failure.description, **values)
    if failure.blames_address:
        mark_failing(letter.recipient, failure.description)
    logger.warning("letter %s: %s (%s)", letter.pk, failure.description, values["state"])
    return State(values["state"])


def _secret_texts(letter: Letter) -> dict[str, str]:
    """Return what empties the texts of a letter that must not be kept."""
    return {"text": "", "html": ""} if letter.is_secret else {}


def _expire() -> None:
    waiting = (State.HELD, State.QUEUED, State.RETRY)
    past = Letter.objects.filter(state__in=waiting, expires_at__lte=clock.now())
    past.filter(is_secret=True).update(state=State.EXPIRED, text="", html="")
    past.update(state=State.EXPIRED)


def _release_stuck(claimed_before: dt.datetime) -> None:
    """Return letters whose worker was lost; give up on those that lose every worker."""
    with transaction.atomic():
        stuck = (
            Letter.objects.select_for_update(skip_locked=True)
            .filter(state=State.SENDING, claimed_at__lte=claimed_before)
            .order_by("claimed_at")[:SWEPT_AT_ONCE]
        )
        for letter in stuck:
            mark_failed(letter, LOST_WORKER)
