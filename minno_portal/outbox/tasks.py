"""Celery tasks of the outbox: hints only, the table says what has to be done."""

from __future__ import annotations

import datetime as dt
import logging
from imaplib import IMAP4

from django.conf import settings

from minno_portal.health import heartbeat
from minno_portal.outbox import delivery, failing, retention
from minno_portal.outbox.bounces import mailbox
from minno_portal.queue import portal_task

logger = logging.getLogger(__name__)


@portal_task("outbox.deliver")
def deliver(letter_id: int) -> None:
    """Deliver one letter, unless somebody else does or it is no longer to be sent."""
    delivery.deliver_letter(letter_id)
    heartbeat.note_in_passing(heartbeat.MAILER)


# A sweep that has waited a minute is followed by another one: let it go. So the queue is never
# filled with sweeps, and letters are swept only while the queue is short.
@portal_task("outbox.sweep", expires=55)
def sweep(stuck_after: float = delivery.STUCK_AFTER.total_seconds()) -> None:
    """Bring back what was lost on the way: stuck letters, letters nobody was told of."""
    for letter_id in delivery.recover_letters(dt.timedelta(seconds=stuck_after)):
        deliver.delay_on_commit(letter_id)
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
