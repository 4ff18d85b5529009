"""Several things in one letter, each told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter, Telling, Watch
from minno_portal.outbox.services import Recipient
from minno_portal.outbox.telling import LONGEST_KEY, Content, Due, tell
from minno_portal.outbox.watch import note, outages
from tests.minno_portal.outbox.conftest import TEST, about

NOON = clock.helsinki(dt.date(2027, 2, 10), 12)
HOUR = dt.timedelta(hours=1)


def due(key: str, at: dt.datetime = NOON, hours: int = 48, **more: Any) -> Due[str]:
    to = more.pop("to", Recipient("aino@example.org", "fi"))
    return Due(key=key, to=to, at=at, expires_at=at + hours * HOUR, thing=key, **more)


def write(things: Sequence[str]) -> Content:
    return Content(values=about(" + ".join(things)))


def told(*dues: Due[str], at: dt.datetime = NOON) -> int:
    with clock.playing_at(at):
        return tell(TEST, dues, write)


@pytest.mark.usefixtures("db")
class TestTell:
    def test_what_is_due_on_one_day_is_one_letter(self) -> None:
        assert told(due("a", NOON + HOUR), due("b")) == 1
        assert "b + a" in Letter.objects.get().text
        assert told(due("a", NOON + HOUR), due("b"), at=NOON + 2 * HOUR) == 0

    def test_nothing_goes_before_something_is_due(self) -> None:
        assert told(due("a", NOON + HOUR)) == 0

    def test_what_is_new_is_told_alone(self) -> None:
        assert [told(due("a")), told(due("a"), due("b"))] == [1, 1]
        assert [each.tellings.count() for each in Letter.objects.order_by("pk")] == [1, 1]

    def test_each_reader_and_each_group_has_a_letter(self) -> None:
        other = Recipient("ville@example.org", "sv")
        assert told(due("a"), due("b", group=2), due("c", to=other)) == 3

    def test_nothing_after_its_time(self) -> None:
        assert told(due("a", hours=1), at=NOON + HOUR) == 0

    def test_what_an_expired_letter_did_not_tell_is_told_again(self) -> None:
        assert told(due("short", hours=1), due("long", hours=9)) == 1
        Letter.objects.update(state=State.EXPIRED)
        assert told(due("long", hours=9), at=NOON + 2 * HOUR) == 1
        assert Letter.objects.filter(state=State.QUEUED).get().text.count("long") == 1

    def test_a_letter_from_before_the_tellings_counts(self) -> None:
        assert told(due("a")) == 1
        Letter.objects.update(key="a")
        Telling.objects.all().delete()
        assert told(due("a")) == 0

    def test_the_longest_address_fits(self) -> None:
        keys = {due(f"{'x' * 300}{end}").key for end in "ab"}
        assert len(keys) == 2
        assert all(len(key) <= LONGEST_KEY for key in keys)
        assert told(due("x" * 300)) == 1


def test_a_silence_is_an_outage(db: None) -> None:
    minutes = (0, 5, 10, 25, 120, 125)
    for minute in minutes:
        with clock.playing_at(NOON + dt.timedelta(minutes=minute)):
            note()
    assert Watch.objects.count() == 2
    with clock.playing_at(NOON + dt.timedelta(minutes=130)):
        (silence,) = outages(NOON - HOUR)
    first, last = NOON + dt.timedelta(minutes=25), NOON + dt.timedelta(minutes=120)
    assert (silence.began_at, silence.ended_at) == (first, last)
    assert silence.covers(first, last)
    assert not silence.covers(NOON, last)
    with clock.playing_at(NOON + dt.timedelta(minutes=200)):
        assert outages(NOON - HOUR)[-1].ended_at is None
