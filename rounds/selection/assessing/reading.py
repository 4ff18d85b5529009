"""What an assessor reads beside the marks: the challenge, its past, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from organisations.people.models import User
from rounds.challenges.attachments.boxes import attachment_links
from rounds.challenges.helping.similar import query_for, similar_challenges
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.presentation import content_for, parts
from rounds.selection.assessing.models import Recusal
from rounds.selection.models import Assessment, Criterion, Score

# What an assessor need not read to judge: persons, and permissions given to the coordinator.
_LEFT_OUT = ("contact", "permissions")
MOST_SIMILAR = 3


def reading(challenge: Challenge, user: User) -> dict[str, Any]:
    """Return the challenge as it was submitted last, with everything to read beside it."""
    revisions = list(challenge.revisions.order_by("number"))
    content = content_for(user, challenge, revisions)
    query = query_for(content)
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


def criteria_for(challenge: Challenge, user: User) -> list[Criterion]:
    """Return the round's criteria, each with the mark that `user` has `given` (one query)."""
    mine = Score.objects.filter(
        assessment__challenge=challenge, assessment__assessor=user, criterion=OuterRef("pk")
    )
    criteria = challenge.round.criteria.annotate(given=Subquery(mine.values("value")))
    return list(criteria.order_by("position"))


def assessments_of(challenge: Challenge) -> list[Assessment]:
    """Return everybody's view of a challenge with its `mean`, drafts too (one query).

    Whose writer stands aside `is_aside`: it counts no more.
    """
    aside = Recusal.objects.filter(challenge=OuterRef("challenge"), user=OuterRef("assessor"))
    rows = Assessment.objects.with_mean().filter(challenge=challenge)
    rows = rows.annotate(is_aside=Exists(aside)).select_related("assessor")
    return list(rows.order_by("party", "done_at"))


def others_of(assessments: Iterable[Any], user: User) -> list[Assessment]:
    """Return what others than `user` have said, from `assessments_of` a challenge."""
    return [
        each
        for each in assessments
        if each.done_at and not each.is_aside and each.assessor_id != user.pk
    ]
