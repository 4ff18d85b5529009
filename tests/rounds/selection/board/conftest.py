"""A board with marks on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.enums import Party
from rounds.selection.models import Assessment, Criterion, Score

Mark = Callable[..., Assessment]
Look = Callable[..., Any]


@pytest.fixture
def mark(criteria: list[Criterion], coordinator: User) -> Mark:
    """Give a challenge the same mark by every criterion, as `actor`."""

    def give(challenge: Challenge, actor: User, value: int, **fields: Any) -> Assessment:
        party = Party.COORDINATOR if actor.ties.coordinator else Party.INSTITUTION
        values = {"done_at": challenge.submitted_at, "party": party} | fields
        made = Assessment.objects.create(challenge=challenge, assessor=actor, **values)
        Score.objects.bulk_create(
            Score(assessment=made, criterion=each, value=value) for each in criteria
        )
        return made

    return give


@pytest.fixture
def look(client: Client, call_round: Round) -> Look:
    """Open the board as somebody."""

    def at(user: User, query: str = "") -> Any:
        client.force_login(user)
        return client.get(f"{reverse('round-selection', args=(call_round.slug,))}?{query}")

    return at
