"""The turns of decisions as the database's history has kept them: told, taken back, restored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import F

from rounds.selection.models import Decision


class Turn(Enum):
    """What happened to a decision after it was made."""

    TOLD = "told"
    TAKEN_BACK = "taken_back"
    STANDS_AGAIN = "stands_again"


@dataclass(frozen=True, slots=True)
class DecisionTurn:
    """One turn of one decision, and who did it where that is known."""

    decision_id: int
    turn: Turn
    at: dt.datetime
    who_id: int | None


def turns_of(decisions: Mapping[int, Decision]) -> list[DecisionTurn]:
    """Return what happened to these decisions after they were made (one query).

    A decision that was replaced in the same breath as another was made is no turn of its own: the
    newer decision tells it.

    :param decisions: the decisions by their ids.
    """
    events = Decision.pgh_event_model.objects.filter(pgh_obj__in=decisions)  # type: ignore[attr-defined]
    rows = (
        events.annotate(metadata=F("pgh_context__metadata"))
        .order_by("pgh_id")
        .values(
            "pgh_obj_id",
            "pgh_created_at",
            "announced_at",
            "superseded_at",
            "metadata",
            "challenge_id",
        )
    )
    made = {(each.challenge_id, each.decided_at) for each in decisions.values()}
    turns = []
    before: dict[int, dict[str, Any]] = {}
    for row in rows:
        earlier = before.get(row["pgh_obj_id"])
        before[row["pgh_obj_id"]] = row
        turn = _turn(earlier, row) if earlier else None
        if turn is None or (row["challenge_id"], row["superseded_at"]) in made:
            continue
        metadata = row["metadata"] or {}
        at = _moment(turn, row, metadata)
        turns.append(DecisionTurn(row["pgh_obj_id"], turn, at, metadata.get("user")))
    return turns


def _moment(turn: Turn, row: Mapping[str, Any], metadata: Mapping[str, Any]) -> dt.datetime:
    """Return when it happened: what one press did has one time."""
    if turn == Turn.TOLD:
        told: dt.datetime = row["announced_at"]
        return told
    if "at" in metadata:
        return dt.datetime.fromisoformat(metadata["at"])
    stored: dt.datetime = row["superseded_at"] or row["pgh_created_at"]
    return stored


def _turn(earlier: dict[str, Any], now: dict[str, Any]) -> Turn | None:
    if now["announced_at"] and not earlier["announced_at"]:
        return Turn.TOLD
    if now["superseded_at"] and not earlier["superseded_at"]:
        return Turn.TAKEN_BACK
    if earlier["superseded_at"] and not now["superseded_at"]:
        return Turn.STANDS_AGAIN
    return None
