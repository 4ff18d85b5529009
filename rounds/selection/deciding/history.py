"""What deciding and telling add to a challenge's history."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _

from rounds.challenges.helping.history.sources import (
    Event,
    Line,
    Looking,
    Source,
    columns,
    to_all,
    to_parties,
)
from rounds.selection.deciding.models import Correction, FeedbackWish, Participation
from rounds.selection.models import Decision


def _tell_decision(event: Event, looking: Looking) -> Iterator[Line]:
    if event.data["reason"] and (event.is_new or event.changed("reason")):
        yield Line(_("Wrote the reason to the association"), quote=event.data["reason"])
    if event.data["internal_note"] and (event.is_new or event.changed("internal_note")):
        yield Line(_("Wrote an internal note"), quote=event.data["internal_note"])


def _tell_correction(event: Event, looking: Looking) -> Iterator[Line]:
    if event.is_new:
        yield Line(_("Sent a correction"), quote=event.data["text"])


def _tell_participation(event: Event, looking: Looking) -> Iterator[Line]:
    if event.became("confirmed_at"):
        yield Line(_("Confirmed that the association takes part"))


def _tell_wish(event: Event, looking: Looking) -> Iterator[Line]:
    if event.is_new:
        yield Line(_("Asked for feedback"), quote=event.data["question"])
    elif event.became("answered_at"):
        yield Line(_("Gave feedback"), quote=event.data["answer"])


def _of_decisions(looking: Looking) -> models.Q | None:
    """Tell of corrections to all: they go out by letter."""
    decisions = Decision.objects.filter(challenge=looking.challenge.pk)
    return models.Q(decision__in=decisions.order_by().values("pk"))


SOURCES = (
    Source("decision", Decision, columns("reason", "internal_note"), to_parties, _tell_decision),
    Source("participation", Participation, columns("confirmed_at"), to_all, _tell_participation),
    Source("correction", Correction, columns("text"), _of_decisions, _tell_correction),
    Source("wish", FeedbackWish, columns("question", "answer", "answered_at"), to_all, _tell_wish),
)
