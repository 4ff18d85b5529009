"""Assessments of an earlier text: what has changed since deserves another look."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from django.db.models import OuterRef, Subquery

from rounds.challenges.models import Challenge, Revision
from rounds.selection.enums import ASSESSED_APART


class View(Protocol):
    """An assessment as far as its age matters; `standings.Voice` and `workload.Saved` fit."""

    @property
    def done_at(self) -> dt.datetime | None:
        """When it began to count, None for a draft."""

    @property
    def version(self) -> int:
        """The number of the submitted version that was read."""


def newest_version() -> Subquery:
    """Return, for queries of challenges, the number of the version that was submitted last."""
    versions = Revision.objects.filter(challenge=OuterRef("pk")).order_by("-number")
    return Subquery(versions.values("number")[:1])


def is_outdated(view: View, challenge: Challenge) -> bool:
    """Whether a finished assessment is of an earlier version than was submitted last.

    :param challenge: read with its `newest_version`.
    """
    newest: int | None = challenge.newest_version  # type: ignore[attr-defined]
    return view.done_at is not None and newest is not None and view.version < newest


def needs_another_look(view: View, challenge: Challenge) -> bool:
    """Whether an outdated assessment is waited for again: not of what a packet has taken along.

    `AssessmentQuerySet.to_look_at_again` says the same to the database.
    """
    return challenge.status in ASSESSED_APART and is_outdated(view, challenge)
