"""The letter that asks for feedback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from minno_portal import clock
from minno_portal.outbox.services import (
    Recipient,
    Rendered,
    absolute_url,
    preview_letter,
    queue_letter,
)
from rounds.feedback.models import FeedbackInvitation
from rounds.feedback.parties import Asked
from rounds.planning.models import Round

# What stands in a preview where the letter has the personal link.
HIDDEN = "****"


def closes_at(round_: Round) -> dt.datetime:
    """Return the moment after which answers are not taken: the feedback day's end in Helsinki."""
    return clock.helsinki(round_.feedback_on + dt.timedelta(days=1), 0)


def send_feedback_request(
    round_: Round, invitation: FeedbackInvitation, person: Asked, *, token: str
) -> bool:
    """Queue the personal link to one person.

    The letter is about the round, never about the invitation, and its text is emptied once sent:
    the link stays with the recipient alone.
    """
    language = invitation.language
    return queue_letter(
        "feedback-request",
        key=f"feedback-request:{invitation.pk}",
        to=Recipient(email=invitation.email, language=language, name=person.name),
        context=_context(round_, person, token=token, language=language),
        about=round_,
        thread=round_.slug,
        reply_to=round_.partnership.reply_to,
        expires_at=closes_at(round_),
        is_secret=True,
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """The request as it would go to the first person of one language."""

    language: str
    letter: Rendered


def preview_feedback_requests(round_: Round, people: Iterable[Asked]) -> list[Preview]:
    """Return one letter a language, the personal link replaced by stars."""
    first: dict[str, Asked] = {}
    for person in people:
        first.setdefault(person.language, person)
    return [
        Preview(
            language,
            preview_letter(
                "feedback-request",
                to=Recipient(email=person.email, language=language, name=person.name),
                context=_context(round_, person, token=HIDDEN, language=language),
            ),
        )
        for language, person in first.items()
    ]


def _context(round_: Round, person: Asked, *, token: str, language: str) -> dict[str, Any]:
    return {
        "round": round_,
        "person": person,
        "partnership": round_.partnership,
        "link": absolute_url("feedback", token, language=language),
    }
