"""The weekly letter: what waits, once a week, to who wants it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from minno_portal import clock
from minno_portal.outbox.models import Letter
from minno_portal.waiting import Waiting
from organisations.models import User
from organisations.people import digest
from organisations.people.digest import digest_day, queue_weekly_digests

# A Monday, and Easter Monday.
MONDAY = dt.date(2027, 2, 8)
EASTER = dt.date(2027, 3, 29)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[Waiting]:
    """What waits for everybody."""
    lines = [Waiting("Vastaa esityksiin", "/manage/x/", clock.helsinki(MONDAY + 3 * DAY, 16))]
    monkeypatch.setattr(digest, "waiting_for", lambda _user: lines)
    return lines


def queued(day: dt.date, hour: int) -> int:
    with clock.playing_at(clock.helsinki(day, hour)):
        return queue_weekly_digests()


def test_on_monday_morning_once(
    coordinator: User, staff: User, contact: User, administrator: User
) -> None:
    hours = [(MONDAY - DAY, 12), (MONDAY, 7), (MONDAY, 8), (MONDAY, 9), (MONDAY + DAY, 9)]
    assert [queued(*each) for each in hours] == [0, 0, 2, 0, 0]
    letter = Letter.objects.get(recipient=staff.email)
    assert "Vastaa esityksiin" in letter.text
    assert "/manage/x/" in letter.text
    assert letter.expires_at == clock.helsinki(MONDAY + 2 * DAY, 0)
    assert queued(MONDAY + 7 * DAY, 8) == 2


def test_after_an_outage_until_the_end_of_tuesday(coordinator: User) -> None:
    assert queued(MONDAY + DAY, 15) == 1
    assert queued(MONDAY + 9 * DAY, 8) == 0, "on Wednesday it would be late"


def test_after_a_holiday_on_the_next_working_day(coordinator: User) -> None:
    assert digest_day(EASTER) == EASTER + DAY
    assert [queued(EASTER, 9), queued(EASTER + DAY, 8), queued(EASTER + 2 * DAY, 8)] == [0, 1, 0]


def test_only_when_something_waits_then(coordinator: User, waits: list[Waiting]) -> None:
    line = waits.pop()
    assert queued(MONDAY, 8) == 0
    waits.append(line)
    assert queued(MONDAY, 12) == 0, "the letter tells how the week begins"
    assert queued(MONDAY + 7 * DAY, 8) == 1


def test_who_has_switched_it_off_gets_none(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    assert b"weekly_digest" in client.get("/me/").content
    client.post("/me/", {"name": "A", "phone": "", "language": "sv"})
    assert queued(MONDAY, 8) == 0
    client.post("/me/", {"name": "A", "phone": "", "language": "sv", "weekly_digest": "on"})
    assert queued(MONDAY, 8) == 1
    letter = Letter.objects.get()
    assert letter.language == "sv"
    assert "/sv/" in letter.text


def test_an_association_is_not_asked(client: Client, contact: User) -> None:
    client.force_login(contact)
    assert b"weekly_digest" not in client.get("/me/").content
    client.post("/me/", {"name": "A", "phone": "", "language": "fi"})
    contact.refresh_from_db()
    assert contact.weekly_digest


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_when_everybody_has_it(
    coordinator: User, staff: User, count: int, django_assert_num_queries: Any
) -> None:
    queued(MONDAY, 8)
    with django_assert_num_queries(1):
        assert queued(MONDAY, 9) == 0
