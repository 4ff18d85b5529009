"""Many challenges in a round, as cheaply as possible."""

from __future__ import annotations

from typing import Any

from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge


def more(challenge: Challenge, count: int, **changes: Any) -> list[Challenge]:
    """Return `count` submitted challenges beside a submitted one."""
    first = challenge.round.challenges.count() + 1
    return Challenge.objects.bulk_create(
        Challenge(
            round=challenge.round,
            organisation=changes.get("organisation", challenge.organisation),
            status=changes.get("status", Status.SUBMITTED),
            title=changes.get("title", f"Haaste {number}"),
            number=number,
            reference=challenge.round.reference(number),
            submitted_at=challenge.submitted_at,
        )
        for number in range(first, first + count)
    )
