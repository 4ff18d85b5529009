"""The history of what was said, asked, looked at, permitted and sent along."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _

from minno_portal import dates
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.enums import Visibility
from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.helping.history.sources import (
    Event,
    Line,
    Looking,
    Source,
    columns,
    to_all,
    to_association,
)
from rounds.challenges.helping.models import CompletionPoint, LatePermission, QualityMark
from rounds.challenges.helping.readers import seen_by
from rounds.challenges.models import Comment


def _comments(looking: Looking) -> models.Q | None:
    """Tell of comments as they are read; a note to oneself exists for nobody else."""
    read = [Visibility.ASSOCIATION]
    if not looking.is_association:
        read.append(Visibility.PARTIES)
    readable = models.Q(visibility__in=read) | models.Q(author=looking.user.pk)
    return readable & models.Q(challenge=looking.challenge.pk)


def _tell_comment(event: Event, looking: Looking) -> Iterator[Line]:
    if not event.is_new:
        return
    visibility = event.data["visibility"]
    # An administrator is not among those who are named as readers of what the parties say.
    may_read = looking.is_party or visibility != Visibility.PARTIES
    quote = event.data["body"] if may_read else ""
    yield Line(_("Commented"), readers=seen_by(visibility, looking.challenge), quote=quote)


def _tell_point(event: Event, looking: Looking) -> Iterator[Line]:
    point = {"point": event.data["text"]}
    if event.is_new:
        yield Line(_("Asked to complete: %(point)s") % point)
    elif event.became("done_at"):
        yield Line(_("Ticked off: %(point)s") % point)
    elif event.changed("done_at") and not event.data["done_at"]:
        yield Line(_("Took the tick away: %(point)s") % point)


def _tell_quality(event: Event, looking: Looking) -> Iterator[Line]:
    point, verdict = QualityPoint(event.data["point"]), Verdict(event.data["verdict"])
    words = {"point": point.label, "verdict": verdict.label}
    yield Line(_("Quality check: %(point)s %(verdict)s") % words, quote=event.data["note"])


def _of_organisation(looking: Looking) -> models.Q | None:
    challenge = looking.challenge
    return models.Q(round=challenge.round_id, organisation=challenge.organisation_id)


def _tell_late(event: Event, looking: Looking) -> Iterator[Line]:
    until = event.moment("until")
    # Whoever takes a permission back grants nothing: the time of granting stays.
    if until and (event.is_new or event.changed("granted_at")):
        sentence = _("Gave the association a deadline of its own: %(deadline)s")
        yield Line(sentence % {"deadline": dates.deadline(until)}, quote=event.data["reason"])
    else:
        yield Line(_("Took the late permission back"))


def _tell_file(event: Event, looking: Looking) -> Iterator[Line]:
    file = {"name": event.data["name"]}
    if event.is_new:
        yield Line(_("Added the file %(name)s") % file)
    elif event.became("removed_at"):
        yield Line(_("Removed the file %(name)s") % file)


SOURCES = (
    Source("point", CompletionPoint, columns("text", "done_at"), to_all, _tell_point),
    Source("comment", Comment, columns("visibility", "body"), _comments, _tell_comment),
    Source("quality", QualityMark, columns("point", "verdict", "note"), to_all, _tell_quality),
    Source(
        "late",
        LatePermission,
        columns("until", "reason", "granted_at"),
        _of_organisation,
        _tell_late,
    ),
    # Files are sent while writing, which is the association's own; versions name them to others.
    Source("file", Attachment, columns("name", "removed_at"), to_association, _tell_file),
)
