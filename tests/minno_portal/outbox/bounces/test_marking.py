from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from minno_portal import clock
from minno_portal.errors import NotAllowed
from minno_portal.outbox.bounces import service
from minno_portal.outbox.bounces.marking import RECENT, record_bounce
from minno_portal.outbox.bounces.reports import Bounce
from minno_portal.outbox.delivery import deliver_letter
from minno_portal.outbox.enums import State
from minno_portal.outbox.failing import (
    address_works,
    addresses_that_fail,
    forget_old_marks,
    mark_failing,
)
from minno_portal.outbox.models import Letter
from organisations.models import User
from tests.minno_portal.outbox.conftest import MakeLetter
from tests.workers import MailSink

UNKNOWN = "550 5.1.1 User unknown"


def sent(make_letter: MakeLetter, **options: Any) -> Letter:
    letter = make_letter(**options)
    Letter.objects.filter(pk=letter.pk).update(state=State.SENT, sent_at=clock.now(), attempts=1)
    letter.refresh_from_db()
    return letter


def test_a_letter_comes_back(make_letter: MakeLetter) -> None:
    letter, other = sent(make_letter), sent(make_letter)
    bounce = Bounce(letter.recipient, "5.1.1", UNKNOWN, letter.message_id)
    assert record_bounce(bounce)
    assert not record_bounce(bounce), "told twice is told once"
    letter.refresh_from_db()
    other.refresh_from_db()
    assert (letter.state, other.state) == (State.BOUNCED, State.SENT)
    assert letter.bounced_at is not None
    assert letter.last_error == UNKNOWN
    [(address, mark)] = addresses_that_fail([letter.recipient.upper(), "x@example.org"]).items()
    assert address == letter.recipient
    assert mark.reason == UNKNOWN


def test_a_full_mailbox_is_no_dead_address(make_letter: MakeLetter) -> None:
    letter = sent(make_letter)
    assert record_bounce(Bounce(letter.recipient, "5.2.2", "552 full", letter.message_id))
    assert not addresses_that_fail([letter.recipient])


def test_without_a_message_id_the_newest_recent_letter_is_meant(make_letter: MakeLetter) -> None:
    older, newer = sent(make_letter), sent(make_letter)
    Letter.objects.filter(pk=older.pk).update(sent_at=clock.now() - dt.timedelta(days=1))
    assert record_bounce(Bounce(newer.recipient.upper(), "5.1.1"))
    assert not record_bounce(Bounce(newer.recipient, "5.1.1")), "the newest is marked already"
    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.state, newer.state) == (State.SENT, State.BOUNCED)


def test_old_letters_and_strangers_are_not_meant(make_letter: MakeLetter) -> None:
    letter = sent(make_letter)
    with clock.playing_at(clock.now() + RECENT + dt.timedelta(minutes=1)):
        assert not record_bounce(Bounce(letter.recipient, "5.1.1"))
        assert not record_bounce(Bounce("x@example.org", "5.1.1", "", "<x@y>"))
        assert not record_bounce(Bounce("", "5.1.1"))
        assert record_bounce(Bounce("", "5.1.1", "", letter.message_id.strip("<>")))


@pytest.mark.parametrize("state", [State.HELD, State.QUEUED])
def test_what_has_not_gone_cannot_come_back(make_letter: MakeLetter, state: str) -> None:
    letter = make_letter(held=state == State.HELD)
    assert not record_bounce(Bounce(letter.recipient, "5.1.1", "", letter.message_id))


def test_a_bounce_that_is_faster_than_the_delivery(make_letter: MakeLetter, smtp: MailSink) -> None:
    letter = make_letter(is_secret=True)

    def come_back(_message: object) -> str:
        Letter.objects.filter(pk=letter.pk).update(state=State.BOUNCED, bounced_at=clock.now())
        return "250 OK"

    from minno_portal.outbox import delivery

    original = delivery._hand_over
    delivery._hand_over = lambda found: (original(found), come_back(found))[0]
    try:
        deliver_letter(letter.pk)
    finally:
        delivery._hand_over = original
    letter.refresh_from_db()
    assert letter.state == State.BOUNCED


def test_a_secret_letter_that_comes_back_is_emptied(make_letter: MakeLetter) -> None:
    letter = sent(make_letter, is_secret=True)
    record_bounce(Bounce(letter.recipient, "5.1.1", "", letter.message_id))
    letter.refresh_from_db()
    assert (letter.text, letter.html) == ("", "")


def test_a_refusal_on_delivery_marks_the_address(make_letter: MakeLetter, smtp: MailSink) -> None:
    letter = make_letter()
    smtp.refuse_recipients = UNKNOWN
    assert deliver_letter(letter.pk) == State.FAILED
    assert addresses_that_fail([letter.recipient])[letter.recipient].reason == UNKNOWN


def test_a_mark_stays_since_the_first_and_goes_after_a_year(db: None) -> None:
    mark_failing("Aino@Example.org", "first")
    with clock.playing_at(clock.now() + dt.timedelta(days=300)):
        mark_failing("aino@example.org", "second")
        assert forget_old_marks() == 0
    assert addresses_that_fail(["AINO@example.org"])["aino@example.org"].reason == "first"
    with clock.playing_at(clock.now() + dt.timedelta(days=366)):
        assert forget_old_marks() == 1


def test_the_address_works_again(coordinator: User, contact: User) -> None:
    mark_failing("aino@example.org", "first")
    with pytest.raises(NotAllowed):
        address_works("aino@example.org", actor=contact)
    assert address_works("AINO@example.org", actor=coordinator)
    assert not address_works("aino@example.org", actor=coordinator)


# --- A mail service ------------------------------------------------------------------------------


def event(letter: Letter | None, **fields: Any) -> Any:
    values = {
        "event_type": "bounced",
        "message_id": "the-services-own",
        "recipient": "Aino@Example.org",
        "reject_reason": "bounced",
        "description": "",
        "mta_response": UNKNOWN,
        "metadata": {"letter": letter.message_id} if letter else None,
    }
    return SimpleNamespace(**values | fields)


@pytest.mark.parametrize(
    ("fields", "state", "is_dead"),
    [
        ({}, State.BOUNCED, True),
        (
            {"event_type": "rejected", "reject_reason": "invalid", "mta_response": None},
            State.BOUNCED,
            True,
        ),
        (
            {"event_type": "failed", "reject_reason": None, "mta_response": None},
            State.BOUNCED,
            False,
        ),
        ({"reject_reason": "timed_out", "mta_response": None}, State.BOUNCED, False),
        ({"reject_reason": "spam", "mta_response": "554 no"}, State.BOUNCED, False),
        ({"event_type": "deferred"}, State.SENT, False),
        ({"event_type": "delivered"}, State.SENT, False),
        ({"event_type": "opened"}, State.SENT, False),
    ],
)
def test_news_of_a_mail_service(
    make_letter: MakeLetter, fields: dict[str, Any], state: str, is_dead: bool
) -> None:
    letter = sent(make_letter)
    service.on_tracking(sender=None, event=event(letter, **fields), esp_name="x")
    letter.refresh_from_db()
    assert letter.state == state
    assert bool(addresses_that_fail([letter.recipient])) is is_dead


def test_a_service_that_gives_nothing_back_is_understood_by_address(
    make_letter: MakeLetter,
) -> None:
    letter = sent(make_letter)
    service.on_tracking(sender=None, event=event(None))
    letter.refresh_from_db()
    assert letter.state == State.BOUNCED


def test_listening_to_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from django.dispatch import Signal

    tracking = Signal()
    monkeypatch.setitem(sys.modules, "anymail", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "anymail.signals", SimpleNamespace(tracking=tracking))
    service.connect()
    service.connect()
    assert len(tracking.receivers) == 1
