from __future__ import annotations

import pytest

from dev.full_round import finished_round
from organisations.models import Partnership, User
from rounds.planning.models import Round


@pytest.fixture
def full_round(partnership: Partnership, coordinator: User, staff: User) -> Round:
    """A finished round of eight challenges with everything a report tells."""
    return finished_round(partnership, coordinator, staff)
