"""Rounds as the services make them, and a second partnership whose people are strangers here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from minno_portal import clock
from organisations.membership.enums import Role
from organisations.models import Organisation, Partnership, User
from organisations.register.enums import Kind
from rounds.planning.models import Round
from rounds.planning.services import create_round
from tests.conftest import person

# A Saturday in term time from which every date of `planned_round` lies ahead.
BEFORE = clock.helsinki(dt.date(2026, 10, 31), 12)
KICKOFF = dt.date(2027, 1, 25)

MakeRound = Callable[..., Round]


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    """Begin every test in Finnish, whatever language the last request spoke."""
    with translation.override("fi"):
        yield


@pytest.fixture
def make_round(partnership: Partnership, coordinator: User) -> MakeRound:
    def make(number: int = 1, year: int = 2027, **answers: object) -> Round:
        given = {"form": "day", "kickoff_on": KICKOFF} | answers
        return create_round(partnership.pk, number=number, year=year, actor=coordinator, **given)

    return make


@pytest.fixture
def planned_round(make_round: MakeRound) -> Round:
    """Round 1/2027 as three answers lay it out, not yet published."""
    return make_round()


@pytest.fixture
def other_coordinator(db: None) -> User:
    """The coordinator of another partnership."""
    umbrella = Organisation.objects.create(name="Toinen katto ry", short_name="Toinen")
    school = Organisation.objects.create(name="Toinen koulu Oy", kind=Kind.INSTITUTION)
    Partnership.objects.create(
        coordinator=umbrella,
        institution=school,
        prefix="TOINEN",
        agreed_from=dt.date(2022, 1, 1),
        reply_to="toinen@example.org",
        sign_off="Terveisin",
    )
    return person("toinen", umbrella, Role.COORDINATOR)
