"""What an association was asked to complete, point by point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minno_portal import clock
from organisations.people.models import User
from rounds.challenges.helping.errors import TooMuchAsked
from rounds.challenges.helping.models import POINT_LENGTH, CompletionPoint
from rounds.challenges.models import Challenge

MOST_POINTS = 20


def tidy(points: Iterable[str]) -> list[str]:
    """Return the points without empty ones and repetitions, each on one line."""
    return list(dict.fromkeys(text for point in points if (text := " ".join(point.split()))))


def add_points(challenge: Challenge, points: Sequence[str], actor: User) -> list[CompletionPoint]:
    """Add what is asked now; what was asked before and is not done yet is not asked twice.

    :returns: everything that is still to be done, the oldest first.
    :raises TooMuchAsked: when there are too many points, or one is too long.
    """
    asked = tidy(points)
    waiting = list(challenge.completion_points.filter(done_at=None))
    known = {point.text for point in waiting}
    new = [text for text in asked if text not in known]
    if len(waiting) + len(new) > MOST_POINTS or any(len(text) > POINT_LENGTH for text in new):
        raise TooMuchAsked
    moment = clock.now()
    made = CompletionPoint.objects.bulk_create(
        CompletionPoint(challenge=challenge, text=text, asked_by=actor, asked_at=moment)
        for text in new
    )
    return waiting + made


def unticked(challenge: Challenge) -> list[CompletionPoint]:
    """Return what has not been ticked off; submitting says so, but does not wait for it."""
    return list(challenge.completion_points.filter(done_at=None))
