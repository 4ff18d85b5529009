"""Assessing by a name: marks for every criterion at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from organisations.models import User
from rounds.challenges.content import snapshot
from rounds.challenges.models import Challenge, Revision
from rounds.selection import services
from rounds.selection.models import Assessment, Criterion

Assess = Callable[..., Assessment]


@pytest.fixture
def assess(criteria: list[Criterion]) -> Assess:
    """Assess a challenge with the same mark by every criterion."""

    def give(
        challenge: Challenge, actor: User, mark: int = 3, *, done: bool = True, comment: str = ""
    ) -> Assessment:
        return services.save_assessment(
            challenge.pk,
            scores={each.pk: mark for each in criteria},
            comment=comment,
            done=done,
            actor=actor,
        )

    return give


def submit_version(challenge: Challenge, number: int) -> Revision:
    """Write down the text of now as a submitted version."""
    return Revision.objects.create(challenge=challenge, number=number, content=snapshot(challenge))
