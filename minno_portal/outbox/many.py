"""Writing many letters at once: rendered by the caller, inserted together, one task for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

from minno_portal import clock
from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.models import Letter
from minno_portal.outbox.rendering import Rendered
from minno_portal.outbox.sender import Sender
from minno_portal.outbox.services import Recipient, new_letter
from minno_portal.outbox.tasks import ask_for_bulk


@dataclass(frozen=True, slots=True)
class Ready:
    """One of many letters, ready to be written into the outbox.

    :param unsubscribe_url: takes a POST without a session (RFC 8058) and ends such letters.
    """

    key: str
    to: Recipient
    rendered: Rendered
    unsubscribe_url: str = ""


def queue_letters(
    kind: Kind,
    letters: Sequence[Ready],
    *,
    sender: Sender,
    about: models.Model,
    expires_at: dt.datetime | None = None,
) -> dict[str, int]:
    """Write letters into the outbox in the caller's transaction; they go behind all others.

    :returns: the letters' ids by key, also of those that were there already.
    """
    moment = clock.now()
    rows = []
    for ready in letters:
        row = new_letter(
            kind, key=ready.key, to=ready.to, rendered=ready.rendered, sender=sender, about=about
        )
        row.is_bulk = True
        row.unsubscribe_url = ready.unsubscribe_url
        row.not_before, row.expires_at = moment, expires_at
        rows.append(row)
    Letter.objects.bulk_create(rows, ignore_conflicts=True)
    ask_for_bulk()
    keys = [ready.key for ready in letters]
    return dict(Letter.objects.filter(key__in=keys).values_list("key", "pk"))
