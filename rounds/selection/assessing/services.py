"""Giving one's view of a challenge."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Max

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.services import service
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.selection import errors
from rounds.selection.assessing.locking import lock_to_assess
from rounds.selection.assessing.models import Recusal
from rounds.selection.enums import Party
from rounds.selection.models import (
    HIGHEST_SCORE,
    LOWEST_SCORE,
    Assessment,
    Criterion,
    Score,
)


@service
def save_assessment(
    challenge_id: int,
    *,
    scores: Mapping[int, int],
    comment: str,
    done: bool,
    read: int | None = None,
    actor: User,
) -> Assessment:
    """Keep the actor's view of a challenge, in the name of the party they belong to.

    :param scores: marks 1–5 by the criterion's id; a draft may lack some.
    :param done: whether it counts from now on; a saved draft does not.
    :param read: the number of the submitted version that was read, the newest when None.
    :raises ConflictOfInterest: when the challenge comes from the actor's own organisation.
    :raises NotAllowed: when the actor belongs to neither party.
    :raises WrongState: when the challenge is no longer weighed.
    :raises StandingAside: when the actor has said not to assess it.
    :raises BadScore: for a mark outside 1–5 or a criterion of another round.
    :raises AssessmentIncomplete: when it is marked as done and a criterion lacks its mark.
    """
    challenge = _lock(challenge_id, actor)
    _check_scores(challenge.round_id, scores, done=done)
    by_coordinator = challenge.round.partnership.is_coordinated_by(actor)
    assessment, _ = Assessment.objects.update_or_create(
        challenge=challenge,
        assessor=actor,
        defaults={
            "party": Party.COORDINATOR if by_coordinator else Party.INSTITUTION,
            "comment": comment.strip(),
            "version": _version_read(challenge, read),
            "done_at": clock.now() if done else None,
            "saved_at": clock.now(),
        },
    )
    assessment.scores.exclude(criterion__in=scores).delete()
    Score.objects.bulk_create(
        [
            Score(assessment=assessment, criterion_id=criterion, value=value)
            for criterion, value in scores.items()
        ],
        update_conflicts=True,
        unique_fields=["assessment", "criterion"],
        update_fields=["value"],
    )
    return assessment


@service
def let_stand(challenge_id: int, *, read: int | None = None, actor: User) -> Assessment:
    """Keep the actor's finished view although the text has changed since: it holds as it is.

    :param read: the number of the submitted version that was read, the newest when None.
    :raises ConflictOfInterest: when the challenge comes from the actor's own organisation.
    :raises NotAllowed: when the actor belongs to neither party.
    :raises WrongState: when the challenge is no longer weighed, or nothing has been finished.
    :raises StandingAside: when the actor has said not to assess it.
    """
    challenge = _lock(challenge_id, actor)
    done = Assessment.objects.filter(challenge=challenge, assessor=actor, done_at__isnull=False)
    assessment: Assessment | None = done.first()
    if assessment is None:
        raise WrongState
    # Nobody goes back to an earlier version, whatever page was open.
    assessment.version = max(assessment.version, _version_read(challenge, read))
    assessment.saved_at = clock.now()
    assessment.save(update_fields=["version", "saved_at"])
    return assessment


def _lock(challenge_id: int, actor: User) -> Challenge:
    challenge = lock_to_assess(challenge_id, actor)
    if Recusal.objects.filter(challenge=challenge, user=actor).exists():
        raise errors.StandingAside
    return challenge


def _version_read(challenge: Challenge, read: int | None) -> int:
    """Return the version that was read; nobody has read one that has not been submitted."""
    newest = challenge.revisions.aggregate(newest=Max("number"))["newest"] or 1
    return newest if read is None else min(max(read, 1), newest)


def _check_scores(round_id: int, scores: Mapping[int, int], *, done: bool) -> None:
    known = set(Criterion.objects.filter(round=round_id).values_list("pk", flat=True))
    if not known.issuperset(scores):
        raise errors.BadScore
    if any(not LOWEST_SCORE <= value <= HIGHEST_SCORE for value in scores.values()):
        raise errors.BadScore
    if done and known != set(scores):
        raise errors.AssessmentIncomplete
