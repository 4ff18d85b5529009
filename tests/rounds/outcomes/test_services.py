from __future__ import annotations

from typing import Any

import pytest

from minno_portal.errors import NotAllowed, WrongState
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.outcomes.models import Outcome
from rounds.outcomes.services import (
    NoPermission,
    change_outcome,
    hide_outcome,
    publish_outcome,
    record_outcome,
)

VALUES: dict[str, Any] = {
    "title": "Toimintamalli",
    "summary": "Kolme askelta.",
    "kind": "concept",
    "link": "",
    "language": "fi",
    "may_publish": True,
}


@pytest.mark.parametrize("who", ["coordinator", "staff"])
def test_both_parties_record(running: Challenge, who: str, request: pytest.FixtureRequest) -> None:
    outcome = record_outcome(running.pk, **VALUES, actor=request.getfixturevalue(who))
    assert outcome.published_at is None
    assert list(running.outcomes.all()) == [outcome]


@pytest.mark.parametrize("who", ["contact", "administrator", "stranger"])
def test_others_do_not(running: Challenge, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        record_outcome(running.pk, **VALUES, actor=request.getfixturevalue(who))


def test_only_begun_projects_have_outcomes(running: Challenge, staff: User) -> None:
    running.status = Status.CONFIRMED
    running.save()
    with pytest.raises(WrongState):
        record_outcome(running.pk, **VALUES, actor=staff)


def test_publishing_needs_the_permission(running: Challenge, coordinator: User) -> None:
    values = {**VALUES, "may_publish": False}
    outcome = record_outcome(running.pk, **values, actor=coordinator)
    with pytest.raises(NoPermission):
        publish_outcome(outcome.pk, actor=coordinator)
    assert not Outcome.objects.public().exists()


def test_the_coordinator_publishes_and_takes_back(
    running: Challenge, coordinator: User, staff: User
) -> None:
    outcome = record_outcome(running.pk, **VALUES, actor=staff)
    for change in (publish_outcome, hide_outcome):
        with pytest.raises(NotAllowed):
            change(outcome.pk, actor=staff)
    publish_outcome(outcome.pk, actor=coordinator)
    assert list(Outcome.objects.public()) == [outcome]
    with pytest.raises(WrongState):
        publish_outcome(outcome.pk, actor=coordinator)
    hide_outcome(outcome.pk, actor=coordinator)
    assert not Outcome.objects.public().exists()
    with pytest.raises(WrongState):
        hide_outcome(outcome.pk, actor=coordinator)


def test_a_withdrawn_permission_hides_at_once(
    running: Challenge, coordinator: User, contact: User
) -> None:
    outcome = record_outcome(running.pk, **VALUES, actor=coordinator)
    publish_outcome(outcome.pk, actor=coordinator)
    values = {**VALUES, "title": "Uusi", "may_publish": False}
    with pytest.raises(NotAllowed):
        change_outcome(outcome.pk, **values, actor=contact)
    change_outcome(outcome.pk, **values, actor=coordinator)
    outcome.refresh_from_db()
    assert (outcome.title, outcome.published_at) == ("Uusi", None)


def test_outcomes_are_seen_by_the_parties_and_the_giver(
    running: Challenge,
    coordinator: User,
    staff: User,
    contact: User,
    administrator: User,
    other_contact: User,
    stranger: User,
) -> None:
    outcome = record_outcome(running.pk, **VALUES, actor=coordinator)
    for user in (coordinator, staff, contact, administrator):
        assert list(Outcome.objects.visible_to(user)) == [outcome]
    for user in (other_contact, stranger):
        assert not Outcome.objects.visible_to(user).exists()
