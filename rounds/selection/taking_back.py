"""Rows that are deleted when somebody takes back what they said, and the history that stays."""

from __future__ import annotations

import pghistory
from django.db import models

TAKEN_BACK = "taken_back"


def trackers() -> tuple[pghistory.Tracker, ...]:
    """Return trackers for one table: they remember its fields, so two tables share none."""
    return (
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.ManualEvent(TAKEN_BACK),  # type: ignore[no-untyped-call]
    )


def take_back(rows: models.QuerySet[models.Model]) -> None:
    """Delete rows of a table that uses `trackers`; the history tells by whom."""
    for row in rows:
        pghistory.create_event(row, label=TAKEN_BACK)
    rows.delete()
