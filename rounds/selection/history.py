"""What the selection adds to a challenge's history: nothing of it reaches its association."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rounds.challenges.helping.history.sources import (
    Event,
    Line,
    Looking,
    Source,
    columns,
    to_parties,
)
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.enums import Answer, Outcome, StandsAside
from rounds.selection.models import Assessment, Proposal


def _tell_assessment(event: Event, looking: Looking) -> Iterator[Line]:
    """A view is told of when it counts; until then it is its writer's own."""
    if event.became("done_at"):
        yield Line(_("Assessed the challenge"))
    elif event.data["done_at"] and event.changed("done_at"):
        yield Line(_("Assessed the challenge again"))
    elif event.data["done_at"] and event.changed("version"):
        yield Line(_("Looked at the changed text: the assessment holds"))


def _tell_assignment(event: Event, looking: Looking) -> Iterator[Line]:
    person = {"person": event.data["name"] or event.data["email"]}
    text = _("Asked %(person)s to assess") if event.is_new else _("Asks %(person)s no more")
    yield Line(text % person)


def _tell_recusal(event: Event, looking: Looking) -> Iterator[Line]:
    # The event of taking back leaves the row as it was.
    if event.before == event.data:
        yield Line(_("Stands aside from assessing no more"))
    else:
        kind = {"why": StandsAside(event.data["kind"]).label}
        yield Line(_("Stands aside from assessing: %(why)s") % kind, quote=event.data["note"])


def _tell_proposal(event: Event, looking: Looking) -> Iterator[Line]:
    if event.is_new:
        suggested = {"outcome": Outcome(event.data["suggested"]).label}
        yield Line(_("Suggested: %(outcome)s") % suggested, quote=event.data["rationale"])
    elif event.became("answer"):
        answer = {"answer": Answer(event.data["answer"]).label}
        yield Line(_("Answered: %(answer)s") % answer, quote=event.data["answer_note"])
        if event.data["tutor_name"]:
            yield Line(_("Named the tutor: %(name)s") % {"name": event.data["tutor_name"]})
        if event.data["teams"]:
            teams = int(event.data["teams"])
            words = ngettext("Promised one team", "Promised %(count)d teams", teams)
            yield Line(words % {"count": teams})


SOURCES = (
    Source("assessment", Assessment, columns("done_at", "version"), to_parties, _tell_assessment),
    Source(
        "assignment",
        Assignment,
        {"name": "assessor__name", "email": "assessor__email"},
        to_parties,
        _tell_assignment,
    ),
    Source("recusal", Recusal, columns("kind", "note", "declared_at"), to_parties, _tell_recusal),
    Source(
        "proposal",
        Proposal,
        columns("suggested", "rationale", "answer", "answer_note", "tutor_name", "teams"),
        to_parties,
        _tell_proposal,
    ),
)
