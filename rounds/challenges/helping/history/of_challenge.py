"""The history of the challenge itself: what was written, submitted, decided and told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models.functions import MD5
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minno_portal import dates
from rounds.call.questions.standard import STANDARD
from rounds.challenges.enums import OUTCOMES, Status, ToldStatus
from rounds.challenges.helping.comparing import changed_labels
from rounds.challenges.helping.history.sources import Event, Line, Looking, Source, columns
from rounds.challenges.models import Challenge, Revision

_SENTENCES: dict[str, Promise] = {
    Status.PROPOSED: gettext_lazy("Proposed the challenge to the institution"),
    Status.RUNNING: gettext_lazy("Started the project"),
    Status.COMPLETED: gettext_lazy("Completed the project"),
    Status.WITHDRAWN: gettext_lazy("Withdrew the challenge"),
}


def _of_itself(looking: Looking) -> models.Q | None:
    return models.Q(pgh_obj=looking.challenge.pk)


def _while_writing(looking: Looking) -> models.Q | None:
    """Drafts and what is being completed are the association's own: parties read versions."""
    return _of_itself(looking) if looking.is_association else None


def _texts() -> Mapping[str, Any]:
    """Return every column that the association writes; of long texts it is enough to compare."""
    written: dict[str, Any] = {"status": "status", "own_answers": "own_answers"}
    for name in STANDARD.keys() - {"counties"}:
        written[name] = MD5(name) if STANDARD[name].rows else name
    return written


def _tell_writing(event: Event, looking: Looking) -> Iterator[Line]:
    if event.before is None or event.changed("status"):
        return
    old = {**event.before, **event.before["own_answers"]}
    new = {**event.data, **event.data["own_answers"]}
    labels = [label for name, label in looking.labels.items() if old.get(name) != new.get(name)]
    if labels:
        yield Line(fields=tuple(labels))


def _tell_course(event: Event, looking: Looking) -> Iterator[Line]:
    if event.before is None:
        yield Line(_("Began the challenge"))
        return
    status, earlier = _known(event.data, looking), _known(event.before, looking)
    if status != earlier:
        yield from _tell_status(event, looking, status)
    elif status == Status.NEEDS_COMPLETION and event.changed("completion_due_at"):
        due = event.moment("completion_due_at")
        yield Line(_("Gave time until %(deadline)s") % {"deadline": _said(due)})
    if event.became("announced_at") and not looking.is_association:
        yield Line(_("Told the association the decision"))


def _known(data: Mapping[str, Any], looking: Looking) -> str:
    """Return the status in a row as far as this person may know it."""
    if not looking.is_association:
        return str(data["status"])
    known = ("status", "announced_at", "told_outcome", "considered_at")
    return Challenge(**{name: data[name] for name in known}).told_status


def _tell_status(event: Event, looking: Looking, status: str) -> Iterator[Line]:
    if status == ToldStatus.CONSIDERED:
        return  # that, and when, something was decided is not told before it is announced
    if status == Status.SUBMITTED:
        yield from _tell_submitted(event, looking)
    elif status == Status.NEEDS_COMPLETION:
        due = _said(event.moment("completion_due_at"))
        yield Line(_("Asked for completion by %(deadline)s") % {"deadline": due})
    elif status in OUTCOMES:
        sentence = _("Told the decision: %(status)s")
        if not looking.is_association:
            sentence = _("Decided: %(status)s")
        yield Line(sentence % {"status": Status(status).label})
    elif status in _SENTENCES:
        yield Line(_SENTENCES[status])


def _tell_submitted(event: Event, looking: Looking) -> Iterator[Line]:
    earlier = event.before["status"] if event.before else ""
    if earlier in OUTCOMES:
        # What was decided, and that it was taken back, stays among the parties.
        if not looking.is_association:
            yield Line(_("Took the decision back"))
    elif earlier != Status.PROPOSED:
        yield from _tell_submitting(event, looking)


def _tell_submitting(event: Event, looking: Looking) -> Iterator[Line]:
    # Submitting leaves the counter of savings alone; bringing the old text back raises it.
    if event.changed("version"):
        yield Line(_("Went on with the version that was submitted"))
    elif looking.revisions:
        revision = min(looking.revisions, key=lambda each: abs(each.submitted_at - event.at))
        yield _version(revision, looking)


def _version(revision: Revision, looking: Looking) -> Line:
    text = _("Submitted version %(number)d") % {"number": revision.number}
    earlier = [each for each in looking.revisions if each.number < revision.number]
    if not earlier:
        return Line(text)
    old = earlier[-1]
    labels = changed_labels(old.content, revision.content, dict(looking.labels))
    address = reverse("challenge-compare", args=[looking.challenge.pk])
    url = f"{address}?from={old.number}&to={revision.number}"
    return Line(text, fields=tuple(labels), url=url)


def _said(moment: dt.datetime | None) -> str:
    return dates.deadline(moment) if moment else ""


COURSE = Source(
    "course",
    Challenge,
    columns(
        "status",
        "version",
        "completion_due_at",
        "announced_at",
        "told_outcome",
        "considered_at",
    ),
    _of_itself,
    _tell_course,
)
WRITING = Source("writing", Challenge, _texts(), _while_writing, _tell_writing)
