import datetime as dt
from typing import Any

import pytest

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.assessing import waiting
from rounds.selection.assessing.reminders import remind_of_assessments
from tests.cast import on_quiet_weeks
from tests.rounds.selection.assessing.conftest import Assess
from tests.rounds.selection.conftest import MakeChallenge, SendPacket


@pytest.fixture
def call_round(call_round: Round) -> Round:
    return on_quiet_weeks(call_round)


def at(round_: Round, days_before: int, hour: int = 10) -> Any:
    return clock.playing_at(clock.helsinki(round_.packet_on - dt.timedelta(days=days_before), hour))


def queued(round_: Round, days_before: int, hour: int = 10) -> int:
    with at(round_, days_before, hour):
        first = remind_of_assessments()
        assert remind_of_assessments() == 0, "running twice repeats nothing"
        return first


def second_round(round_: Round, days_later: int) -> Round:
    other = Round.objects.get(pk=round_.pk)
    other.pk, other._state.adding = None, True
    other.number, other.slug = 2, f"{round_.slug}-2"
    other.packet_on = round_.packet_on + dt.timedelta(days=days_later)
    other.save()
    return other


def test_three_days_and_one_day_before(
    submitted: MakeChallenge, call_round: Round, coordinator: User, staff: User
) -> None:
    submitted()
    days = [(4, 12), (3, 8), (3, 9), (2, 12), (1, 8), (1, 10), (0, 8), (0, 10), (-1, 10)]
    assert [queued(call_round, *day) for day in days] == [0, 0, 2, 0, 0, 2, 0, 0, 0]
    assert set(Letter.objects.values_list("recipient", flat=True)) == {
        coordinator.email,
        staff.email,
    }


def test_only_who_has_something_left(
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    coordinator: User,
    second_coordinator: User,
    staff: User,
    second_staff: User,
) -> None:
    first, second = submitted(), submitted()
    assess(first, coordinator)
    services.stand_aside(second.pk, kind="abstains", note="", actor=coordinator)
    services.assign_assessors(
        call_round.pk,
        wanted={(first.pk, coordinator.pk), (first.pk, staff.pk), (second.pk, second_staff.pk)},
        actor=second_coordinator,
    )
    Letter.objects.all().delete()
    # One is done, one was not asked, and the others have one each left.
    assert queued(call_round, 3) == 2
    letters = Letter.objects.filter(kind="assess-reminder")
    assert {each.recipient for each in letters} == {staff.email, second_staff.email}


def test_what_is_in_the_packet_waits_for_nobody(
    submitted: MakeChallenge, packet_of: SendPacket, call_round: Round
) -> None:
    packet_of(submitted())
    assert queued(call_round, 3) == 0


def test_one_letter_for_all_rounds(
    submitted: MakeChallenge, call_round: Round, coordinator: User
) -> None:
    other = second_round(call_round, 2)
    submitted()
    submitted(round=other, reference="TOINEN-1")
    days = [3, 2, 1, 0, -1]
    assert [queued(call_round, day) for day in days] == [1, 0, 1, 0, 1]
    both = Letter.objects.order_by("pk")[1]
    assert call_round.code in both.text
    assert other.code in both.text, "what falls due on one day is one letter"
    last = Letter.objects.order_by("-pk")[0]
    assert f" {call_round.code}" not in last.text


def test_not_while_the_call_is_open_nor_from_the_archive(
    submitted: MakeChallenge, call_round: Round, coordinator: User
) -> None:
    submitted()
    Round.objects.update(call_closes_at=clock.helsinki(call_round.packet_on, 12))
    assert queued(call_round, 1) == 0
    Round.objects.update(call_closes_at=call_round.call_closes_at, archived_at=clock.now())
    assert queued(call_round, 1) == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_in_each_language(
    submitted: MakeChallenge, call_round: Round, staff: User, language: str
) -> None:
    staff.language = language
    staff.save()
    submitted()
    queued(call_round, 1)
    letter = Letter.objects.get(recipient=staff.email)
    assert letter.language == language
    prefix = "" if language == "fi" else f"/{language}"
    assert f"{prefix}/manage/rounds/{call_round.slug}/assess/" in letter.text
    assert "%(" not in letter.text + letter.subject


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_a_scan_with_nothing_new(
    submitted: MakeChallenge,
    call_round: Round,
    coordinator: User,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(count):
        submitted()
    with at(call_round, 3):
        remind_of_assessments()
        with django_assert_num_queries(11):
            assert remind_of_assessments() == 0


def test_what_waits_on_the_first_page(
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    coordinator: User,
    staff: User,
    second_staff: User,
) -> None:
    first, second, third = submitted(), submitted(), submitted()

    def lines(user: User) -> list[Any]:
        with clock.playing_at(call_round.call_closes_at + dt.timedelta(hours=1)):
            return list(waiting.challenges_to_assess(User.objects.get(pk=user.pk)))

    services.stand_aside(third.pk, kind="abstains", note="", actor=staff)
    assert "2" in lines(staff)[0].text
    wanted = {(first.pk, staff.pk)}
    services.assign_assessors(call_round.pk, wanted=wanted, actor=coordinator)
    assert len(lines(staff)) == 1
    assert lines(second_staff) == [], "others were asked by name"
    assess(first, staff)
    assert lines(staff) == []
    assert second.assessments.count() == 0
