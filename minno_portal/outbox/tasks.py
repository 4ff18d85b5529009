"""Celery tasks of the outbox: hints only, the table says what has to be done."""

from __future__ import annotations

import datetime as dt
import logging
from imaplib import IMAP4

from django.conf import settings
from django.db import transaction

from minno_portal.health import heartbeat
from minno_portal.outbox import bulk, delivery, failing, retention
from minno_portal.outbox.bounces import mailbox
from minno_portal.queue import portal_task

logger = logging.getLogger(__name__)


@portal_task("outbox.deliver")
def deliver(letter_id: int) -> None:
    """Deliver one letter, unless somebody else does or it is no longer to be sent."""
    delivery.deliver_letter(letter_id)
    heartbeat.note_in_passing(heartbeat.MAILER)


@portal_task("outbox.deliver_bulk")
def deliver_bulk() -> None:
    """Deliver letters to many for some seconds, then stand in the queue again for the rest."""
    bulk.is_called()
    if bulk.deliver_for_a_while():
        ask_for_bulk()


def ask_for_bulk() -> None:
    """Queue the task of the letters to many after the commit, unless it stands there already.

    Were there one for every batch, they would be a wall before the codes that people wait for.
    """
    transaction.on_commit(_queue_bulk)


def _queue_bulk() -> None:
    if bulk.is_first_to_ask():
        deliver_bulk.delay_on_commit()


# A sweep that has waited a minute is followed by another one: let it go. So the queue is never
# filled with sweeps, and letters are swept only while the queue is short.
@portal_task("outbox.sweep", expires=55)
def sweep(stuck_after: float = delivery.STUCK_AFTER.total_seconds()) -> None:
    """Bring back what was lost on the way: stuck letters, letters nobody was told of."""
    for letter_id in delivery.recover_letters(dt.timedelta(seconds=stuck_after)):
        deliver.delay_on_commit(letter_id)
    if bulk.is_waiting():
        ask_for_bulk()
    heartbeat.note_in_passing(heartbeat.MAILER)


@portal_task("outbox.empty_old")
def empty_old() -> None:
    """Empty the texts of letters past their time of keeping, and forget old marks of addresses."""
    retention.empty_old_letters()
    failing.forget_old_marks()


@portal_task("outbox.read_bounces", expires=300)
def read_bounces() -> None:
    """Read the mailbox of bounces, where there is one; what fails now is read the next time."""
    if not settings.BOUNCE_IMAP_URL:
        return
    try:
        mailbox.read_mailbox(settings.BOUNCE_IMAP_URL)
    except (OSError, IMAP4.error) as error:
        logger.warning("the mailbox of bounces cannot be read: %s", type(error).__name__)
