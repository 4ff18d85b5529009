"""What has happened to a challenge, read from what was written when it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from minno_portal.outbox.models import Letter
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.timeline import Step

# What each kind of letter tells of; the table of letters keeps the times.
_TOLD = {
    "needs-completion": _("The coordinator asked for completion"),
    "contact-new": _("The contact person was changed"),
    "contact-old": _("The contact person was changed"),
    # What both were called before they became kinds of their own.
    "contact-changed": _("The contact person was changed"),
}


def happened(challenge: Challenge, revisions: Sequence[Revision]) -> list[Step]:
    """Return what came after the first submitting, the oldest first (one query at most).

    :param revisions: the challenge's versions, oldest first.
    """
    if challenge.submitted_at is None:
        return []
    steps = [
        Step(
            _("Version %(number)d submitted") % {"number": revision.number},
            revision.submitted_at,
            "done",
        )
        for revision in revisions[1:]
    ]
    return sorted(steps + _told(challenge), key=_moment)


def withdrawn_at(challenge: Challenge) -> dt.datetime | None:
    """Return when the challenge was withdrawn, as its history tells (one query)."""
    history = Challenge.pgh_event_model.objects  # type: ignore[attr-defined]
    rows = history.filter(pgh_obj=challenge.pk, status=Status.WITHDRAWN).order_by("pgh_id")
    moment: dt.datetime | None = rows.values_list("pgh_created_at", flat=True).first()
    return moment


def _moment(step: Step) -> dt.datetime:
    assert isinstance(step.when, dt.datetime)  # noqa: S101 (all of these have a time of day)
    return step.when


def _told(challenge: Challenge) -> list[Step]:
    """Return one step for each thing told by letter, however many people got it."""
    letters = Letter.objects.about(challenge).filter(kind__in=_TOLD).order_by("created_at")
    found: dict[str, Step] = {}
    for kind, key, moment in letters.values_list("kind", "key", "created_at"):
        found.setdefault(key.rpartition(":")[0], Step(_TOLD[kind], moment, "done"))
    return list(found.values())
