"""What the selection adds to a challenge's history: nothing of it reaches its association."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rounds.challenges.helping.history.sources import (
    Event,
    Line,
    Looking,
    Source,
    columns,
    to_parties,
)
from rounds.selection.enums import Answer, Outcome
from rounds.selection.models import Assessment, Decision, Proposal


def _tell_assessment(event: Event, looking: Looking) -> Iterator[Line]:
    """A view is told of when it counts; until then it is its writer's own."""
    if event.became("done_at"):
        yield Line(_("Assessed the challenge"))


def _tell_proposal(event: Event, looking: Looking) -> Iterator[Line]:
    if event.is_new:
        suggested = {"outcome": Outcome(event.data["suggested"]).label}
        yield Line(_("Suggested: %(outcome)s") % suggested, quote=event.data["rationale"])
    elif event.became("answer"):
        answer = {"answer": Answer(event.data["answer"]).label}
        yield Line(_("Answered: %(answer)s") % answer, quote=event.data["answer_note"])


def _tell_decision(event: Event, looking: Looking) -> Iterator[Line]:
    if event.data["reason"] and (event.is_new or event.changed("reason")):
        yield Line(_("Wrote the reason to the association"), quote=event.data["reason"])
    if event.data["internal_note"] and (event.is_new or event.changed("internal_note")):
        yield Line(_("Wrote an internal note"), quote=event.data["internal_note"])


SOURCES = (
    Source("assessment", Assessment, columns("done_at"), to_parties, _tell_assessment),
    Source(
        "proposal",
        Proposal,
        columns("suggested", "rationale", "answer", "answer_note"),
        to_parties,
        _tell_proposal,
    ),
    Source("decision", Decision, columns("reason", "internal_note"), to_parties, _tell_decision),
)
