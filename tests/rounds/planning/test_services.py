from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused, WrongState
from organisations.models import Partnership, User
from rounds.planning.calendar import lay_out
from rounds.planning.calendar_checks import CalendarRefused
from rounds.planning.models import Phase, Round, WorkLog
from rounds.planning.phases import PHASES
from rounds.planning.services import (
    CodeTaken,
    create_round,
    delete_work,
    log_work,
    publish_round,
    set_intro,
    update_calendar,
)
from rounds.planning.signals import round_created, round_published
from tests.rounds.planning.conftest import BEFORE, KICKOFF, MakeRound

ANSWERS: dict[str, Any] = {"number": 1, "year": 2027, "form": "day", "kickoff_on": KICKOFF}
WRONG_ROLES = ("staff", "administrator", "contact", "stranger", "other_coordinator")


@pytest.fixture
def wrong(request: pytest.FixtureRequest) -> User:
    return request.getfixturevalue(request.param)


def test_three_answers_lay_out_the_round(planned_round: Round) -> None:
    assert (planned_round.code, planned_round.slug) == ("1/2027", "minno-1-2027")
    assert not planned_round.is_published
    for name, value in lay_out("day", KICKOFF).as_fields().items():
        assert getattr(planned_round, name) == value
    assert list(planned_round.phases.values_list("number", "key", "estimated_days")) == [
        (phase.number, phase.key, phase.estimated_days) for phase in PHASES
    ]


def test_creating_tells_the_later_steps(make_round: MakeRound, coordinator: User) -> None:
    heard: list[dict[str, Any]] = []

    def listen(sender: object, **told: Any) -> None:
        heard.append(told)

    round_created.connect(listen)
    try:
        round_ = make_round()
    finally:
        round_created.disconnect(listen)
    assert [(told["round"], told["actor"]) for told in heard] == [(round_, coordinator)]


@pytest.mark.parametrize("wrong", WRONG_ROLES, indirect=True)
def test_only_the_partnerships_coordinator_plans(
    wrong: User, partnership: Partnership, planned_round: Round
) -> None:
    with pytest.raises(NotAllowed):
        create_round(partnership.pk, actor=wrong, **(ANSWERS | {"number": 2}))
    with pytest.raises(NotAllowed):
        update_calendar(planned_round.pk, actor=wrong)
    with pytest.raises(NotAllowed):
        publish_round(planned_round.pk, actor=wrong)
    with pytest.raises(NotAllowed):
        set_intro(planned_round.pk, texts={"fi": "Hei"}, actor=wrong)
    with pytest.raises(NotAllowed):
        log_work(
            planned_round.pk,
            phase="form",
            days=Decimal(1),
            done_on=clock.today(),
            note="",
            actor=wrong,
        )
    assert Round.objects.count() == 1
    assert not WorkLog.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"number": 10},
        {"year": 1999},
        {"year": 2029},
        {"form": "night"},
        {"capacity": 1},
        {"capacity": 5},
    ],
)
def test_answers_out_of_range(make_round: MakeRound, change: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        make_round(**change)
    assert not Round.objects.exists()


def test_a_code_is_used_once(planned_round: Round, make_round: MakeRound) -> None:
    with pytest.raises(CodeTaken, match="1/2027"):
        make_round()


@pytest.mark.django_db(transaction=True)
def test_two_who_create_the_same_round_at_once(partnership: Partnership, coordinator: User) -> None:
    start = threading.Barrier(4)
    results: list[str] = []

    def create() -> None:
        start.wait()
        try:
            create_round(partnership.pk, actor=coordinator, **ANSWERS)
            results.append("created")
        except CodeTaken:
            results.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["created", "taken", "taken", "taken"]
    assert Phase.objects.count() == len(PHASES)


def test_dates_that_are_not_named_stay(planned_round: Round, coordinator: User) -> None:
    update_calendar(planned_round.pk, actor=coordinator, fest_on=dt.date(2027, 3, 12))
    planned_round.refresh_from_db()
    expected = lay_out("day", KICKOFF).as_fields() | {"fest_on": dt.date(2027, 3, 12)}
    assert {name: getattr(planned_round, name) for name in expected} == expected


def test_the_midreview_can_be_dropped(planned_round: Round, coordinator: User) -> None:
    assert (
        update_calendar(planned_round.pk, actor=coordinator, midreview_on=None).midreview_on is None
    )


def test_crossing_dates_are_refused_at_the_field(planned_round: Round, coordinator: User) -> None:
    with pytest.raises(CalendarRefused) as refused:
        update_calendar(planned_round.pk, actor=coordinator, decisions_on=dt.date(2027, 2, 1))
    assert set(refused.value.errors) == {"kickoff_on"}
    planned_round.refresh_from_db()
    assert planned_round.decisions_on == dt.date(2027, 1, 7)


def test_a_word_that_is_no_date_is_a_mistake(planned_round: Round, coordinator: User) -> None:
    with pytest.raises(TypeError):
        update_calendar(planned_round.pk, actor=coordinator, capacity=3)


def test_an_open_call_keeps_its_opening_and_only_gets_longer(
    call_round: Round, coordinator: User
) -> None:
    hour = dt.timedelta(hours=1)
    with pytest.raises(CalendarRefused) as refused:
        update_calendar(
            call_round.pk,
            actor=coordinator,
            call_opens_at=call_round.call_opens_at - hour,
            call_closes_at=call_round.call_closes_at - hour,
        )
    assert set(refused.value.errors) == {"call_opens_at", "call_closes_at"}
    longer = update_calendar(
        call_round.pk, actor=coordinator, call_closes_at=call_round.call_closes_at + hour
    )
    assert longer.call_closes_at == call_round.call_closes_at + hour


def test_a_decided_round_does_not_open_again(call_round: Round, coordinator: User) -> None:
    Round.objects.update(announced_at=clock.now())
    with pytest.raises(CalendarRefused) as refused:
        update_calendar(
            call_round.pk,
            actor=coordinator,
            call_closes_at=call_round.call_closes_at + dt.timedelta(hours=1),
        )
    assert set(refused.value.errors) == {"call_closes_at"}


def test_publishing(planned_round: Round, coordinator: User) -> None:
    heard: list[Round] = []

    def listen(sender: object, **told: Any) -> None:
        heard.append(told["round"])

    round_published.connect(listen)
    try:
        with clock.playing_at(BEFORE):
            published = publish_round(planned_round.pk, actor=coordinator)
            assert published.published_at == BEFORE
            with pytest.raises(WrongState):
                publish_round(planned_round.pk, actor=coordinator)
    finally:
        round_published.disconnect(listen)
    assert heard == [planned_round]


def test_a_call_that_is_over_is_not_published(planned_round: Round, coordinator: User) -> None:
    with clock.playing_at(planned_round.call_closes_at), pytest.raises(Refused) as why:
        publish_round(planned_round.pk, actor=coordinator)
    assert not isinstance(why.value, WrongState)


def test_the_text_of_the_call_in_three_languages(planned_round: Round, coordinator: User) -> None:
    set_intro(planned_round.pk, texts={"fi": " Hei\x00 ", "sv": "Hej"}, actor=coordinator)
    set_intro(planned_round.pk, texts={"en": "Hello"}, actor=coordinator)
    planned_round.refresh_from_db()
    assert (planned_round.intro_fi, planned_round.intro_sv, planned_round.intro_en) == (
        "Hei",
        "Hej",
        "Hello",
    )
    with pytest.raises(Refused):
        set_intro(planned_round.pk, texts={"fi": "x" * 2001}, actor=coordinator)


def test_logging_and_removing_working_time(planned_round: Round, coordinator: User) -> None:
    today = clock.today()
    entry = log_work(
        planned_round.pk,
        phase="form",
        days=Decimal("0.5"),
        done_on=today,
        note=" Lomake ",
        actor=coordinator,
    )
    assert (entry.phase.number, entry.days, entry.note) == (3, Decimal("0.50"), "Lomake")
    delete_work(entry.pk, actor=coordinator)
    with pytest.raises(WrongState):
        delete_work(entry.pk, actor=coordinator)


@pytest.mark.parametrize("wrong", WRONG_ROLES, indirect=True)
def test_nobody_removes_anothers_entry(
    wrong: User, planned_round: Round, coordinator: User
) -> None:
    entry = WorkLog.objects.create(
        phase=planned_round.phases.get(key="form"), user=coordinator, done_on=KICKOFF, days=1
    )
    with pytest.raises(NotAllowed):
        delete_work(entry.pk, actor=wrong)
    assert WorkLog.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("days", ["0", "-1", "0.04", "20.01", "NaN", "Infinity", "1e999999"])
def test_days_out_of_range(planned_round: Round, coordinator: User, days: str) -> None:
    with pytest.raises(Refused):
        log_work(
            planned_round.pk,
            phase="form",
            days=Decimal(days),
            done_on=clock.today(),
            note="",
            actor=coordinator,
        )


def test_time_is_not_logged_beforehand(planned_round: Round, coordinator: User) -> None:
    with pytest.raises(Refused):
        log_work(
            planned_round.pk,
            phase="form",
            days=Decimal(1),
            done_on=clock.today() + dt.timedelta(days=1),
            note="",
            actor=coordinator,
        )
