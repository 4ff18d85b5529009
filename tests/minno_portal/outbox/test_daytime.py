"""Quiet hours: never in the night unless it would come too late, and never lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minno_portal import clock
from minno_portal.outbox import delivery, services
from minno_portal.outbox.daytime import (
    CLOSES,
    OPENS,
    ROOM,
    is_daytime,
    next_daytime,
    sending_moment,
)
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from minno_portal.workdays import is_working_day
from tests.minno_portal.outbox.conftest import TEST, about

HOUR = dt.timedelta(hours=1)
moments = st.datetimes(
    dt.datetime(2026, 1, 1),  # noqa: DTZ001 (given a zone below)
    dt.datetime(2029, 12, 31),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)
waits = st.none() | st.integers(-3, 24 * 20)


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ((2027, 1, 4, 7, 59), (2027, 1, 4, 8)),
        ((2027, 1, 4, 8), (2027, 1, 4, 8)),
        ((2027, 1, 4, 16, 59), (2027, 1, 4, 16, 59)),
        # The next day is Epiphany.
        ((2027, 1, 5, 17), (2027, 1, 7, 8)),
        ((2027, 1, 8, 20), (2027, 1, 11, 8)),
        # Good Friday to Easter Monday.
        ((2027, 3, 25, 18), (2027, 3, 30, 8)),
        # Christmas Eve is a Friday.
        ((2027, 12, 23, 17), (2027, 12, 27, 8)),
    ],
)
def test_the_next_moment_by_day(moment: Any, goes: Any) -> None:
    first, then = (dt.datetime(*each, tzinfo=clock.HELSINKI) for each in (moment, goes))
    assert next_daytime(first) == then


@given(moment=moments, hours=waits)
def test_never_in_quiet_hours_unless_expiring_and_never_lost(
    moment: dt.datetime, hours: int | None
) -> None:
    expires_at = None if hours is None else moment + hours * HOUR
    goes = sending_moment(moment, expires_at)
    local = goes.astimezone(clock.HELSINKI)
    by_day = is_working_day(local.date()) and OPENS <= local.hour < CLOSES
    assert goes >= moment
    assert by_day is is_daytime(goes)
    assert by_day or (expires_at is not None and next_daytime(moment) > expires_at - ROOM)
    # Whatever could have gone at once does not wait past its time.
    assert expires_at is None or expires_at <= moment or goes < expires_at
    # It waits over Christmas at the longest.
    assert goes - moment <= dt.timedelta(days=6)


@pytest.fixture
def by_day(monkeypatch: pytest.MonkeyPatch) -> Any:
    kind = replace(TEST, in_daytime=True)
    monkeypatch.setattr(delivery, "kind_called", lambda _name: kind)
    return kind


NIGHT = clock.helsinki(dt.date(2027, 2, 10), 22)
MORNING = clock.helsinki(dt.date(2027, 2, 11), 8)


def test_a_letter_of_the_day_waits_in_the_outbox(
    db: None, by_day: Any, recipient: services.Recipient
) -> None:
    with clock.playing_at(NIGHT):
        for key, expires_at in (("waits", None), ("goes", NIGHT + 2 * HOUR)):
            services.queue_letter(
                by_day, key=key, to=recipient, values=about("x"), expires_at=expires_at
            )
    assert Letter.objects.get(key="waits").not_before == MORNING
    assert Letter.objects.get(key="goes").not_before == NIGHT


def test_delivery_puts_off_what_it_finds_in_the_night(
    db: None, by_day: Any, recipient: services.Recipient, mailoutbox: list[Any], settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.playing_at(NIGHT - 8 * HOUR):
        services.queue_letter(by_day, key="late", to=recipient, values=about("x"))
    pk = Letter.objects.get().pk
    # The worker was down in the afternoon.
    with clock.playing_at(NIGHT):
        assert delivery.deliver_letter(pk) is None
    letter = Letter.objects.get()
    assert (letter.state, letter.not_before, letter.attempts) == (State.QUEUED, MORNING, 0)
    with clock.playing_at(MORNING):
        assert delivery.deliver_letter(pk) == State.SENT
    assert len(mailoutbox) == 1
