import datetime as dt
from typing import Any

import pytest

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.planning.mine import rounds_of
from rounds.planning.models import Round
from rounds.selection import services, waiting
from rounds.selection.assessing import waiting as assess_waiting
from rounds.selection.deciding.waiting import decisions_to_announce
from rounds.selection.models import Criterion
from rounds.selection.reminders import remind_of_packets
from tests.cast import on_quiet_weeks
from tests.rounds.selection.conftest import MakeChallenge, SendPacket

PROVIDERS = (
    assess_waiting.challenges_to_assess,
    waiting.packets_to_send,
    waiting.proposals_to_answer,
    decisions_to_announce,
)


def waits(user: User) -> list[str]:
    return [
        provider.__name__ for provider in PROVIDERS for _ in provider(User.objects.get(pk=user.pk))
    ]


def after_the_call(round_: Round) -> Any:
    return clock.playing_at(round_.call_closes_at + dt.timedelta(hours=1))


def test_what_waits_follows_the_round(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    criteria: list[Criterion],
    call_round: Round,
    coordinator: User,
    staff: User,
    contact: User,
    administrator: User,
) -> None:
    challenge = submitted()
    assert waits(coordinator) == waits(staff) == []
    with after_the_call(call_round):
        assert waits(coordinator) == ["challenges_to_assess", "packets_to_send"]
    services.save_assessment(
        challenge.pk,
        scores={each.pk: 3 for each in criteria},
        comment="",
        done=True,
        actor=coordinator,
    )
    with after_the_call(call_round):
        assert waits(coordinator) == ["packets_to_send"]
    proposal = packet_of(challenge).proposals.get()
    with after_the_call(call_round):
        # What is in the packet can be assessed, but it is answered that is waited for.
        assert waits(staff) == ["proposals_to_answer"]
        assert waits(coordinator) == []
    services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
    assert waits(staff) == []
    assert waits(coordinator) == ["decisions_to_announce"]
    services.announce_decisions(call_round.pk, actor=coordinator)
    assert waits(coordinator) == []
    assert waits(contact) == waits(administrator) == []


def test_one_query_each(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    call_round: Round,
    coordinator: User,
    staff: User,
    stranger: User,
    django_assert_num_queries: Any,
) -> None:
    packet_of(submitted(), submitted())
    submitted()
    for user, queries in ((coordinator, 3), (staff, 2), (stranger, 0)):
        rounds_of(user)  # known before
        with after_the_call(call_round), django_assert_num_queries(queries):
            for provider in PROVIDERS:
                list(provider(user))


@pytest.fixture
def call_round(call_round: Round) -> Round:
    return on_quiet_weeks(call_round)


@pytest.mark.parametrize(
    ("days_before", "hour", "count"), [(4, 12, 0), (3, 10, 1), (2, 12, 1), (0, 8, 1), (0, 10, 0)]
)
def test_reminders_fall_due_by_range(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    call_round: Round,
    days_before: int,
    hour: int,
    count: int,
) -> None:
    packet_of(submitted())
    day = call_round.decisions_on - dt.timedelta(days=days_before)
    with clock.playing_at(clock.helsinki(day, hour)):
        assert remind_of_packets() == count
        assert remind_of_packets() == 0
    assert Letter.objects.filter(kind="packet-reminder").count() == count


def test_each_reminder_once_and_only_while_it_waits(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    call_round: Round,
    staff: User,
    second_staff: User,
) -> None:
    packet = packet_of(submitted(), submitted())
    queued = []
    for days in (3, 2, 1, 0):
        day = call_round.decisions_on - dt.timedelta(days=days)
        with clock.playing_at(clock.helsinki(day, 9) - dt.timedelta(minutes=1)):
            queued.append(remind_of_packets())
        with clock.playing_at(clock.helsinki(day, 9) + dt.timedelta(minutes=1)):
            queued.append(remind_of_packets())
    # Two people of the staff, three days and one day before.
    assert queued == [0, 2, 0, 0, 0, 2, 0, 0]
    reminder = Letter.objects.filter(kind="packet-reminder", language="sv").first()
    assert reminder is not None
    assert reminder.recipient == second_staff.email
    for proposal in packet.proposals.all():
        services.answer_proposal(proposal.pk, answer="disagree", note="Ei", actor=staff)
    Letter.objects.filter(kind="packet-reminder").delete()  # with what it told
    with clock.playing_at(clock.helsinki(call_round.decisions_on - dt.timedelta(days=1), 12)):
        assert remind_of_packets() == 0
