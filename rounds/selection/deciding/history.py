"""What deciding and telling add to a challenge's history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import models
from django.db.models.functions import MD5
from django.utils.translation import gettext as _

from minno_portal import dates
from rounds.challenges.helping.history.sources import (
    Event,
    Line,
    Looking,
    Source,
    columns,
    to_all,
    to_parties,
)
from rounds.selection.deciding.models import (
    Correction,
    FeedbackWish,
    LetterDraft,
    Participation,
)
from rounds.selection.models import Decision


def _tell_decision(event: Event, looking: Looking) -> Iterator[Line]:
    if event.data["reason"] and (event.is_new or event.changed("reason")):
        yield Line(_("Wrote the reason to the association"), quote=event.data["reason"])
    if event.data["internal_note"] and (event.is_new or event.changed("internal_note")):
        yield Line(_("Wrote an internal note"), quote=event.data["internal_note"])


def _tell_letter(event: Event, looking: Looking) -> Iterator[Line]:
    email = {"email": event.data["email"]}
    # The event of forgetting the edits leaves the row as it was.
    if event.before == event.data:
        yield Line(_("Took back the edits to the letter to %(email)s") % email)
    elif event.is_new or event.changed("subject") or event.changed("text"):
        yield Line(_("Edited the letter to %(email)s") % email)


def _tell_correction(event: Event, looking: Looking) -> Iterator[Line]:
    if event.is_new:
        yield Line(_("Sent a correction"), quote=event.data["text"])


def _tell_participation(event: Event, looking: Looking) -> Iterator[Line]:
    if event.became("confirmed_at"):
        yield Line(_("Confirmed that the association takes part"))
    elif event.is_new or event.changed("confirm_by"):
        day = dates.weekday_day(dt.date.fromisoformat(event.data["confirm_by"]))
        yield Line(_("Asked the association to say by %(day)s that it takes part") % {"day": day})


def _tell_wish(event: Event, looking: Looking) -> Iterator[Line]:
    if event.is_new:
        yield Line(_("Asked for feedback"), quote=event.data["question"])
    elif event.became("answered_at"):
        yield Line(_("Gave feedback"), quote=event.data["answer"])


def _of_decisions(looking: Looking) -> models.Q | None:
    """Tell of what belongs to the challenge's decisions to all: corrections go out by letter."""
    decisions = Decision.objects.filter(challenge=looking.challenge.pk)
    return models.Q(decision__in=decisions.order_by().values("pk"))


def _of_decisions_to_parties(looking: Looking) -> models.Q | None:
    """Tell of letters that are still being edited to the parties alone."""
    return None if looking.is_association else _of_decisions(looking)


SOURCES = (
    Source("decision", Decision, columns("reason", "internal_note"), to_parties, _tell_decision),
    Source(
        "letter",
        LetterDraft,
        {**columns("email", "subject", "edited_at"), "text": MD5("text")},
        _of_decisions_to_parties,
        _tell_letter,
    ),
    Source(
        "participation",
        Participation,
        columns("confirm_by", "confirmed_at"),
        to_all,
        _tell_participation,
    ),
    Source("correction", Correction, columns("text"), _of_decisions, _tell_correction),
    Source("wish", FeedbackWish, columns("question", "answer", "answered_at"), to_all, _tell_wish),
)
