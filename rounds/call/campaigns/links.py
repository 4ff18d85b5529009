"""The two links of a letter to many: one's own way to the call, and the way off the list.

Both name the row of the reader and are signed; they hold nothing personal and have no end. They
are signed apart, so that who forwards the call does not hand on the way to unsubscribe.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from minno_portal.outbox.services import absolute_url

# Stands in test letters and previews, where there is no reader yet.
EXAMPLE = "example"
LONGEST_NUMBER = 18
_VISIT = Signer(sep=".", salt="campaign-visit")
_UNSUBSCRIBE = Signer(sep=".", salt="campaign-unsubscribe")


def visit_token(recipient_id: int) -> str:
    """Return what stands in a reader's own link to the call."""
    return _VISIT.sign(str(recipient_id))


def unsubscribe_token(recipient_id: int) -> str:
    """Return what stands in a reader's link off the list."""
    return _UNSUBSCRIBE.sign(str(recipient_id))


def visitor_of(token: str) -> int | None:
    """Return the id of the reader whose own link it is, None when it was altered."""
    return _read(_VISIT, token)


def unsubscriber_of(token: str) -> int | None:
    """Return the id of the reader who wants off the list, None when the link was altered."""
    return _read(_UNSUBSCRIBE, token)


def visit_url(recipient_id: int, language: str) -> str:
    """Return a reader's own link to the call."""
    return absolute_url("campaign-link", visit_token(recipient_id), language=language)


def unsubscribe_url(recipient_id: int | None, language: str) -> str:
    """Return a reader's link off the list, or the example of one."""
    token = EXAMPLE if recipient_id is None else unsubscribe_token(recipient_id)
    return absolute_url("campaign-unsubscribe", token, language=language)


def _read(signer: Signer, token: str) -> int | None:
    try:
        number = signer.unsign(token)
    except BadSignature:
        return None
    return int(number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else None
