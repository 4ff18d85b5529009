from __future__ import annotations

import pytest

from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from tests.rounds.projects.cast import chosen


@pytest.fixture
def confirmed(call_round: Round, association: Organisation, coordinator: User) -> Challenge:
    """A confirmed and announced challenge without a team."""
    return chosen(call_round, association, coordinator, team=False)


@pytest.fixture
def running(call_round: Round, association: Organisation, coordinator: User) -> Challenge:
    """A challenge whose project is under way."""
    return chosen(call_round, association, coordinator, number=2, status=Status.RUNNING)
