"""Challenges on the board, and the second person of each party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from minno_portal import clock
from organisations.membership.enums import Role
from organisations.models import Organisation, User
from organisations.partnership.models import Partnership
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.criteria import add_default_criteria
from rounds.selection.models import Criterion, Packet
from rounds.selection.services import PacketItem
from tests.conftest import person

MakeChallenge = Callable[..., Challenge]
SendPacket = Callable[..., Packet]


@pytest.fixture
def second_staff(partnership: Partnership) -> User:
    user = person("second-staff", partnership.institution, Role.STAFF)
    user.language = "sv"
    user.save()
    return user


@pytest.fixture
def second_coordinator(partnership: Partnership) -> User:
    return person("second-coordinator", partnership.coordinator, Role.COORDINATOR)


@pytest.fixture
def criteria(call_round: Round) -> list[Criterion]:
    return add_default_criteria(call_round)


@pytest.fixture
def submitted(call_round: Round, association: Organisation, contact: User) -> MakeChallenge:
    """Make a submitted challenge of the association, or of another organisation."""

    def make(title: str = "Haaste", **fields: object) -> Challenge:
        number = call_round.challenges.count() + 1
        values: dict[str, object] = {
            "round": call_round,
            "organisation": association,
            "created_by": contact,
            "contact_name": "Yhdyshenkilö",
            "contact_email": contact.email,
            "title": f"{title} {number}",
            "summary": "Tiivistelmä",
            "need": "Tarve",
            "is_national": True,
            "may_publish": True,
            "status": "submitted",
            "number": number,
            "reference": call_round.reference(number),
            "submitted_at": clock.now() - dt.timedelta(days=1),
        }
        return Challenge.objects.create(**(values | fields))

    return make


@pytest.fixture
def packet_of(call_round: Round, coordinator: User, staff: User) -> SendPacket:
    """Send a packet of challenges, each suggested as the keyword says (confirmed)."""

    def send(*challenges: Challenge, suggested: str = "confirmed") -> Packet:
        return services.send_packet(
            call_round.pk,
            items=[PacketItem(challenge.pk, suggested, "Perustelu") for challenge in challenges],
            message="Terveisin",
            actor=coordinator,
        )

    return send
