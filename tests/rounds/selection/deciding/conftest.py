"""Decisions in every state: made, told, changed, with the people who are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Decision
from tests.rounds.selection.conftest import MakeChallenge, SendPacket

SetAside = Callable[..., Decision]
Decided = Callable[..., Challenge]


@pytest.fixture
def aside(coordinator: User) -> SetAside:
    """Set a challenge aside; not selected and with a reason where nothing else is said."""

    def set_aside(challenge: Challenge, **given: str) -> Decision:
        values = {"outcome": "not_selected", "reason": "Syy", "internal_note": "Huomio"} | given
        return services.set_aside(challenge.pk, **values, actor=coordinator)

    return set_aside


@pytest.fixture
def agreed(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, coordinator: User
) -> Decided:
    """Make a challenge that the institution has agreed to, as confirmed or in reserve."""

    def make(outcome: str = "confirmed", **fields: object) -> Challenge:
        challenge = submitted(**fields)
        proposal = packet_of(challenge, suggested=outcome).proposals.get()
        services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
        if outcome != "confirmed":
            services.write_reason(challenge.pk, reason="Syy", internal_note="", actor=coordinator)
        challenge.refresh_from_db()
        return challenge

    return make


@pytest.fixture
def told(agreed: Decided, aside: SetAside, call_round: Round, coordinator: User) -> Decided:
    """Make a challenge whose decision has been told."""

    def make(outcome: str = "confirmed", **fields: object) -> Challenge:
        challenge = agreed(outcome, **fields)
        services.announce_decisions(call_round.pk, actor=coordinator)
        challenge.refresh_from_db()
        return challenge

    return make
