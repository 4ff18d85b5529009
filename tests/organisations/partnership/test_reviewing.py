"""The yearly reminder to go through the ground rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import Organisation, Partnership, User
from organisations.partnership.reviewing import (
    NOTICE,
    anniversary_ahead,
    remind_of_ground_rules,
)
from organisations.register.enums import Kind


def agreed(partnership: Partnership, since: dt.date, until: dt.date | None = None) -> Partnership:
    partnership.agreed_from, partnership.agreed_until = since, until
    partnership.save()
    return partnership


@pytest.mark.parametrize(
    ("since", "today", "expected"),
    [
        (dt.date(2026, 3, 2), dt.date(2026, 3, 2), dt.date(2027, 3, 2)),
        (dt.date(2026, 3, 2), dt.date(2027, 3, 2), dt.date(2027, 3, 2)),
        (dt.date(2026, 3, 2), dt.date(2027, 3, 3), dt.date(2028, 3, 2)),
        (dt.date(2024, 2, 29), dt.date(2025, 1, 1), dt.date(2025, 2, 28)),
        # An agreement that has been made for later.
        (dt.date(2027, 8, 1), dt.date(2026, 11, 1), dt.date(2028, 8, 1)),
    ],
)
def test_the_next_anniversary(since: dt.date, today: dt.date, expected: dt.date) -> None:
    assert anniversary_ahead(Partnership(agreed_from=since), today) == expected


def test_no_review_after_the_agreement_has_ended() -> None:
    partnership = Partnership(agreed_from=dt.date(2025, 3, 2), agreed_until=dt.date(2026, 12, 31))
    assert anniversary_ahead(partnership, dt.date(2026, 1, 1)) == dt.date(2026, 3, 2)
    assert anniversary_ahead(partnership, dt.date(2026, 3, 3)) is None


@pytest.mark.django_db
def test_both_parties_are_told_once_a_year(
    partnership: Partnership, coordinator: User, staff: User, contact: User
) -> None:
    agreed(partnership, dt.date(2026, 3, 2))
    coordinator.language = "sv"
    coordinator.save()
    written = []
    for year in (2027, 2028):
        first = dt.date(year, 3, 2) - NOTICE
        # The portal stood still for thirteen days from the day on which the letter was due.
        for day in (-1, 13, 14, 15, 40):
            with clock.playing_at(clock.helsinki(first + dt.timedelta(days=day), 12)):
                remind_of_ground_rules()
            written.append(Letter.objects.count())
    assert written == [0, 2, 2, 2, 2, 2, 4, 4, 4, 4]
    assert set(Letter.objects.values_list("recipient", "language")) == {
        (coordinator.email, "sv"),
        (staff.email, "fi"),
    }
    letter = Letter.objects.filter(recipient=staff.email).earliest("created_at")
    assert "2.3.2027" in letter.text
    assert partnership.institution.shown_name in letter.subject
    assert letter.house == partnership.pk


@pytest.mark.django_db
@pytest.mark.usefixtures("coordinator", "staff")
def test_not_in_the_night_and_not_too_late(partnership: Partnership) -> None:
    agreed(partnership, dt.date(2026, 3, 2))
    with clock.playing_at(clock.helsinki(dt.date(2027, 2, 10), 3)):
        assert remind_of_ground_rules() == 0
    with clock.playing_at(clock.helsinki(dt.date(2027, 3, 3), 12)):
        assert remind_of_ground_rules() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_three_partnerships(
    partnership: Partnership, count: int, django_assert_num_queries: Any
) -> None:
    agreed(partnership, dt.date(2026, 3, 2))
    for number in range(1, count):
        school = Organisation.objects.create(name=f"Koulu {number} Oy", kind=Kind.INSTITUTION)
        Partnership.objects.create(
            coordinator=partnership.coordinator,
            institution=school,
            prefix="X" * (number + 1),
            agreed_from=dt.date(2026, 3, 2),
            reply_to="minno@example.org",
            sign_off="Terveisin",
        )
    with (
        clock.playing_at(clock.helsinki(dt.date(2027, 2, 10), 12)),
        django_assert_num_queries(2),
    ):
        assert remind_of_ground_rules() == 0
