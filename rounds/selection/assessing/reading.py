"""What an assessor reads beside the marks: the challenge, its past, and what was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from organisations.people.models import User
from rounds.challenges.attachments.boxes import attachment_links
from rounds.challenges.helping.similar import query_for, similar_challenges
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.presentation import content_for, parts
from rounds.selection.assessing.visibility import Sight
from rounds.selection.models import Assessment, Criterion
from rounds.selection.standings import weighted_mean

# What an assessor need not read to judge: persons, and permissions given to the coordinator.
_LEFT_OUT = ("contact", "permissions")
MOST_SIMILAR = 3


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else's assessment."""

    assessment: Assessment
    mean: float | None


def reading(challenge: Challenge, user: User) -> dict[str, Any]:
    """Return the challenge as it was submitted last, with everything to read beside it."""
    revisions = list(challenge.revisions.order_by("number"))
    content = content_for(user, challenge, revisions)
    query = query_for(challenge, content)
    readable = Challenge.objects.visible_to(user)
    near = similar_challenges(challenge, query, readable) if query else []
    return {
        "shown_title": content.get("title") or str(challenge),
        "parts": [
            part for part in parts(content, challenge.round) if part.section.key not in _LEFT_OUT
        ],
        "files": attachment_links(content),
        "revisions": revisions,
        "comments": challenge.comments.visible_to(user, challenge),
        "similar": near[:MOST_SIMILAR],
    }


def changed_since(
    challenge: Challenge, assessment: Assessment | None, revisions: Sequence[Revision]
) -> str:
    """Return where to see what changed after the text was assessed, empty where nothing did."""
    newest = revisions[-1].number if revisions else 1
    if assessment is None or assessment.version >= newest:
        return ""
    compared = reverse("challenge-compare", args=(challenge.pk,))
    return f"{compared}?from={assessment.version}&to={newest}"


def others_of(
    challenge: Challenge, user: User, sight: Sight, criteria: Sequence[Criterion]
) -> list[Other] | None:
    """Return what others have said, None while `user` does not see it (two queries at most).

    :param criteria: the round's, with their weights.
    """
    if not sight.sees(challenge):
        return None
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    rows = (
        Assessment.objects.counting()
        .filter(challenge=challenge)
        .exclude(assessor=user)
        .select_related("assessor")
        .prefetch_related("scores")
        .order_by("party", "done_at")
    )
    return [
        Other(
            row,
            weighted_mean({each.criterion_id: each.value for each in row.scores.all()}, weights),
        )
        for row in rows
    ]
