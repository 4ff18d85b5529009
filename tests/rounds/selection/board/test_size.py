"""The board of eight and of two hundred: the same queries, and quick."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.assessing.models import Assignment
from rounds.selection.enums import Party
from rounds.selection.models import Assessment, Criterion, Score
from tests.rounds.selection.board.conftest import Look
from tests.rounds.selection.conftest import MakeChallenge

BOARD_QUERIES = 12


def fill(pattern: Challenge, people: list[User], criteria: list[Criterion], count: int) -> None:
    """Bring the board to `count` challenges like `pattern`, assessed by everybody."""
    values = {
        field.attname: getattr(pattern, field.attname)
        for field in Challenge._meta.concrete_fields
        if field.name != "id"
    }
    Challenge.objects.bulk_create(
        Challenge(**values | {"number": n, "reference": f"{pattern.round.reference(n)}-x"})
        for n in range(2, count + 1)
    )
    challenges = list(pattern.round.challenges.all())
    made = Assessment.objects.bulk_create(
        Assessment(challenge=each, assessor=person, party=party, done_at=pattern.submitted_at)
        for each in challenges
        for person, party in zip(people, Party.values, strict=True)
    )
    Score.objects.bulk_create(
        Score(assessment=each, criterion=criterion, value=1 + each.challenge_id % 5)
        for each in made
        for criterion in criteria
    )
    Assignment.objects.bulk_create(
        Assignment(challenge=each, assessor=people[0], assigned_by=people[0]) for each in challenges
    )


@pytest.mark.parametrize("count", [8, 200])
def test_the_same_queries(
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    look: Look,
    client: Client,
    coordinator: User,
    staff: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    fill(submitted(), [coordinator, staff], criteria, count)
    address = look(coordinator).request["PATH_INFO"]
    with django_assert_num_queries(BOARD_QUERIES):
        response = client.get(address)
    assert response.content.decode().count('<tr id="challenge-') == count
