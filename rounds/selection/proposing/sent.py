"""What has been proposed of a challenge before, and what it says now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rounds.challenges.content import snapshot
from rounds.challenges.models import Challenge, Revision
from rounds.selection.enums import Outcome
from rounds.selection.models import Proposal

Content = dict[str, Any]


def latest_proposals(
    challenges: Iterable[int], *, before: int | None = None
) -> dict[int, Proposal]:
    """Return each challenge's latest proposal, where there is one (one query).

    :param before: only of packets with a smaller number.
    """
    rows = (
        Proposal.objects.filter(challenge__in=challenges)
        .select_related("packet", "answered_by")
        .order_by("packet__number")
    )
    if before is not None:
        rows = rows.filter(packet__number__lt=before)
    return {proposal.challenge_id: proposal for proposal in rows}


def submitted_content(challenge: Challenge) -> tuple[int, Content]:
    """Return the number and the text of the version that was submitted last."""
    revision = challenge.revisions.order_by("number").last()
    return (revision.number, revision.content) if revision else (1, snapshot(challenge))


def submitted_now(challenges: Iterable[int]) -> dict[int, Revision]:
    """Return the version of each challenge that was submitted last (one query)."""
    rows = Revision.objects.filter(challenge__in=challenges)
    return {row.challenge_id: row for row in rows.order_by("number")}


def reserve_places(suggestions: Iterable[str]) -> list[int | None]:
    """Return for each suggestion of a packet its place in the reserve, from 1; None for others."""
    places: list[int | None] = []
    count = 0
    for suggested in suggestions:
        count += suggested == Outcome.RESERVE
        places.append(count if suggested == Outcome.RESERVE else None)
    return places
