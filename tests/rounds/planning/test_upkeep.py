from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused, WrongState
from organisations.models import User
from rounds.challenges.enums import TAKES_PLACE, Status
from rounds.challenges.models import Challenge
from rounds.planning import figures
from rounds.planning.handlers import working_rounds
from rounds.planning.models import Round
from rounds.planning.services import publish_round, set_intro
from rounds.planning.upkeep import (
    TooFewPlaces,
    archive_round,
    restore_round,
    set_capacity,
    set_estimates,
)
from tests.rounds.planning.conftest import BEFORE

WRONG_ROLES = ("staff", "administrator", "contact", "stranger", "other_coordinator")


def finish(round_: Round) -> None:
    """Let every date of the round lie two months back."""
    for name in ("call_opens_at", "call_closes_at"):
        setattr(round_, name, getattr(round_, name) - dt.timedelta(weeks=30))
    for name in (
        "packet_on",
        "decisions_on",
        "kickoff_on",
        "contract_on",
        "midreview_on",
        "fest_on",
        "feedback_on",
        "evaluation_on",
    ):
        setattr(round_, name, getattr(round_, name) - dt.timedelta(weeks=30))
    round_.save()


def test_planning_knows_what_takes_a_place() -> None:
    assert set(figures.TAKES_PLACE) == {status.value for status in TAKES_PLACE}


def test_a_finished_round_goes_to_the_archive_and_back(
    call_round: Round, coordinator: User
) -> None:
    finish(call_round)
    assert archive_round(call_round.pk, actor=coordinator).archived_at
    with pytest.raises(WrongState):
        archive_round(call_round.pk, actor=coordinator)
    assert restore_round(call_round.pk, actor=coordinator).archived_at is None
    with pytest.raises(WrongState):
        restore_round(call_round.pk, actor=coordinator)


def test_a_round_under_way_stays(call_round: Round, coordinator: User) -> None:
    with pytest.raises(WrongState):
        archive_round(call_round.pk, actor=coordinator)


def test_the_archive_asks_nothing_and_takes_nothing(
    planned_round: Round, coordinator: User
) -> None:
    with clock.playing_at(BEFORE):
        assert working_rounds(User.objects.get(pk=coordinator.pk)) == [planned_round]
        archive_round(planned_round.pk, actor=coordinator)
        assert working_rounds(User.objects.get(pk=coordinator.pk)) == []
        for change in (
            lambda: publish_round(planned_round.pk, actor=coordinator),
            lambda: set_intro(planned_round.pk, texts={"fi": "Hei"}, actor=coordinator),
            lambda: set_capacity(planned_round.pk, capacity=3, actor=coordinator),
            lambda: set_estimates(planned_round.pk, estimates={}, actor=coordinator),
        ):
            with pytest.raises(WrongState):
                change()


@pytest.mark.parametrize("who", WRONG_ROLES)
def test_only_the_coordinator(
    planned_round: Round, who: str, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who)
    for service in (archive_round, restore_round):
        with pytest.raises(NotAllowed):
            service(planned_round.pk, actor=actor)
    with pytest.raises(NotAllowed):
        set_capacity(planned_round.pk, capacity=3, actor=actor)
    with pytest.raises(NotAllowed):
        set_estimates(planned_round.pk, estimates={}, actor=actor)


def test_places_can_change_until_decisions_are_told(call_round: Round, coordinator: User) -> None:
    assert set_capacity(call_round.pk, capacity=4, actor=coordinator).capacity == 4
    Round.objects.update(announced_at=clock.now())
    assert set_capacity(call_round.pk, capacity=4, actor=coordinator).capacity == 4
    with pytest.raises(WrongState):
        set_capacity(call_round.pk, capacity=3, actor=coordinator)


@pytest.mark.parametrize("capacity", [0, 1, 5, -3])
def test_places_are_two_to_four(call_round: Round, coordinator: User, capacity: int) -> None:
    with pytest.raises(Refused):
        set_capacity(call_round.pk, capacity=capacity, actor=coordinator)


def test_what_is_confirmed_keeps_its_place(draft: Challenge, coordinator: User) -> None:
    Round.objects.update(capacity=4)
    for number in range(1, 4):
        draft.pk = None
        draft.status, draft.number = Status.CONFIRMED, number
        draft.reference, draft.submitted_at = f"MINNO-{number}", clock.now()
        draft.decided_at, draft.decided_by = clock.now(), coordinator
        draft.save()
    with pytest.raises(TooFewPlaces):
        set_capacity(draft.round_id, capacity=2, actor=coordinator)
    assert set_capacity(draft.round_id, capacity=3, actor=coordinator).capacity == 3


def test_estimates(planned_round: Round, coordinator: User) -> None:
    changed = set_estimates(
        planned_round.pk,
        estimates={"shaping": Decimal("0.5"), "form": Decimal("0.5"), "continuing": Decimal(2)},
        actor=coordinator,
    )
    assert {phase.key for phase in changed} == {"shaping", "continuing"}
    assert planned_round.phases.get(key="shaping").estimated_days == Decimal("0.5")
    set_estimates(planned_round.pk, estimates={"continuing": None}, actor=coordinator)
    assert planned_round.phases.get(key="continuing").estimated_days is None


@pytest.mark.parametrize("days", ["-0.1", "30.1", "NaN", "Infinity"])
def test_estimates_out_of_range(planned_round: Round, coordinator: User, days: str) -> None:
    with pytest.raises(Refused):
        set_estimates(planned_round.pk, estimates={"form": Decimal(days)}, actor=coordinator)
