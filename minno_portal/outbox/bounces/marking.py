"""A letter came back: mark it and its address, whoever brings the news."""

from __future__ import annotations

import datetime as dt
import logging

from django.db.models import Q
from django.db.models.functions import Coalesce

from minno_portal import clock
from minno_portal.outbox.bounces.reports import Bounce
from minno_portal.outbox.enums import State
from minno_portal.outbox.failing import mark_failing
from minno_portal.outbox.models import Letter, LetterQuerySet
from minno_portal.outbox.replies import Reply
from minno_portal.services import service

# A report that does not say which letter it is about is about a recent one to that address.
RECENT = dt.timedelta(days=7)

logger = logging.getLogger(__name__)


@service
def record_bounce(bounce: Bounce, *, actor: None = None) -> bool:
    """Mark the letter that came back, and its address where that is to blame; safe to repeat.

    :returns: False when no letter was found, or it was marked before.
    """
    letter = _letter_of(bounce)
    if letter is None:
        logger.info("a report of delivery is about no letter of ours")
        return False
    if letter.state == State.BOUNCED:
        return False
    moment = clock.now()
    letter.state, letter.bounced_at = State.BOUNCED, moment
    # The delivery may not have written down yet that the server took it.
    letter.sent_at = letter.sent_at or moment
    letter.last_error = bounce.description
    if letter.is_secret:
        letter.text = letter.html = ""
    letter.save(update_fields=["state", "bounced_at", "sent_at", "last_error", "text", "html"])
    if Reply(bounce.description).is_about_address or not bounce.description:
        mark_failing(letter.recipient, bounce.description)
    logger.warning("letter %s came back: %s", letter.pk, bounce.description)
    return True


def _letter_of(bounce: Bounce) -> Letter | None:
    """Return the letter, locked: by its Message-ID, or the newest recent one to the address.

    One that has not been handed to a server cannot have come back.
    """
    tried = Letter.objects.select_for_update().filter(attempts__gt=0)
    if bounce.message_id:
        named = _first(tried.filter(message_id__in=_spellings(bounce.message_id)))
        if named is not None:
            return named
    if not bounce.recipient:
        return None
    recent = Q(sent_at__gte=clock.now() - RECENT, state__in=(State.SENT, State.BOUNCED))
    return _first(tried.filter(recent, recipient__iexact=bounce.recipient))


def _first(letters: LetterQuerySet) -> Letter | None:
    return letters.order_by(Coalesce("sent_at", "created_at").desc(), "-pk").first()


def _spellings(message_id: str) -> tuple[str, str]:
    """Services give a Message-ID with or without its angle brackets."""
    bare = message_id.strip().strip("<>")
    return bare, f"<{bare}>"
