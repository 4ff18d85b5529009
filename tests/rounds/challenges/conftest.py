"""More of the stage for challenges: a submitted one, a completion asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from minno_portal import clock
from organisations.models import Organisation, User
from rounds.challenges.models import Challenge
from rounds.challenges.services import ask_completion, submit_challenge


@pytest.fixture
def submitted(draft: Challenge, contact: User) -> Challenge:
    return submit_challenge(draft.pk, accepted_terms=True, actor=contact)


@pytest.fixture
def asked(submitted: Challenge, coordinator: User) -> Challenge:
    """A challenge to complete within a week."""
    return ask_completion(
        submitted.pk,
        comment="Ketkä tekevät kotikäynnit?",
        due_on=clock.today() + dt.timedelta(weeks=1),
        actor=coordinator,
    )


@pytest.fixture
def conflicted(umbrella: Organisation, association: Organisation, coordinator: User) -> User:
    """A coordinator who is also a contact person of the association that gives."""
    coordinator.memberships.create(organisation=association, role="contact")
    return User.objects.get(pk=coordinator.pk)
