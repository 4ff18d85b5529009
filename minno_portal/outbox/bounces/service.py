"""News of letters from a mail service, through django-anymail where it is installed.

Anymail gives every service's webhook one signal. It is optional: without it nothing here runs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol

from minno_portal.outbox.bounces.marking import record_bounce
from minno_portal.outbox.bounces.reports import Bounce

# What the letter takes along to the service, and the service gives back.
OUR_ID = "letter"
_UID = "minno-outbox-bounces"
_REFUSED_FOR_GOOD = frozenset({"bounced", "rejected", "failed"})
# What the service calls the reason, as a status of RFC 3463: two of them blame the address.
_STATUS_OF = {
    "invalid": "5.1.1",
    "bounced": "5.0.0",
    "timed_out": "5.4.7",
    "blocked": "5.7.1",
    "spam": "5.7.1",
    "unsubscribed": "5.7.1",
}
_STATUS_OF_OTHERS = "5.3.0"


class TrackingEvent(Protocol):
    """What anymail tells of a letter (anymail.signals.AnymailTrackingEvent)."""

    event_type: str
    message_id: str | None
    recipient: str | None
    reject_reason: str | None
    description: str | None
    mta_response: str | None
    metadata: dict[str, Any] | None


def connect() -> None:
    """Listen to anymail; called when its app is installed."""
    signals = import_module("anymail.signals")
    signals.tracking.connect(on_tracking, dispatch_uid=_UID)


def on_tracking(sender: object, event: TrackingEvent, **kwargs: object) -> None:
    """Mark a letter that the service could not deliver, and never will."""
    if event.event_type not in _REFUSED_FOR_GOOD:
        return
    metadata = event.metadata or {}
    record_bounce(
        Bounce(
            recipient=(event.recipient or "").lower(),
            status=_STATUS_OF.get(event.reject_reason or "", _STATUS_OF_OTHERS),
            reason=" ".join((event.mta_response or event.description or "").split()),
            message_id=str(metadata.get(OUR_ID) or event.message_id or ""),
        )
    )
