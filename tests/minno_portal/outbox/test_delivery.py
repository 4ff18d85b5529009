"""Delivery to a real SMTP server that says yes, no, later, or hangs up."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection

from minno_portal import clock
from minno_portal.outbox.delivery import STUCK_AFTER, deliver_letter, recover_letters
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from minno_portal.outbox.retrying import MOST_ATTEMPTS
from minno_portal.outbox.services import Recipient, Sender
from tests.minno_portal.outbox.conftest import MakeLetter
from tests.workers import MailSink

MINUTE = dt.timedelta(minutes=1)


def test_a_letter_arrives_with_its_headers(
    make_letter: MakeLetter, smtp: MailSink, stranger: Any
) -> None:
    letter = make_letter(about=stranger, sender=Sender(reply_to="reply@example.org"))
    assert deliver_letter(letter.pk) == State.SENT

    [message] = smtp.messages
    assert str(message["To"]) == "Aino Ääkkönen <aino@example.org>"
    assert str(message["Subject"]) == letter.subject
    assert message["Reply-To"] == "reply@example.org"
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Content-Language"] == "fi"
    assert message["References"] == f"<organisations.user.{stranger.pk}@127.0.0.1>"
    plain, html = message.iter_parts()
    assert plain.get_content().splitlines() == letter.text.splitlines()
    assert "<p>" in html.get_content()
    letter.refresh_from_db()
    assert letter.state == State.SENT
    assert letter.sent_at is not None
    assert letter.text
    assert letter.attempts == 1


def test_returned_letters_have_an_address_of_their_own(
    make_letter: MakeLetter, smtp: MailSink, settings: Any
) -> None:
    settings.BOUNCE_ADDRESS = "palautuneet@example.org"
    letter = make_letter(sender=Sender(name="SOSTE", reply_to="reply@example.org"))
    assert deliver_letter(letter.pk) == State.SENT
    [message] = smtp.messages
    assert message["From"].addresses[0].display_name == "SOSTE"
    assert message["From"].addresses[0].addr_spec != settings.BOUNCE_ADDRESS
    assert smtp.senders == [settings.BOUNCE_ADDRESS]


def test_a_sent_letter_is_not_sent_again(make_letter: MakeLetter, smtp: MailSink) -> None:
    letter = make_letter()
    assert deliver_letter(letter.pk) == State.SENT
    assert deliver_letter(letter.pk) is None
    assert smtp.count() == 1


@pytest.mark.parametrize(
    "state", [State.HELD, State.SENDING, State.FAILED, State.EXPIRED, State.CANCELLED]
)
def test_only_waiting_letters_are_delivered(
    make_letter: MakeLetter, smtp: MailSink, state: State
) -> None:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(state=state, claimed_at=clock.now())
    assert deliver_letter(letter.pk) is None
    assert smtp.attempts == 0


def test_letters_wait_for_their_time(make_letter: MakeLetter, smtp: MailSink) -> None:
    letter = make_letter(not_before=clock.now() + MINUTE)
    assert deliver_letter(letter.pk) is None
    with clock.playing_at(clock.now() + 2 * MINUTE):
        assert deliver_letter(letter.pk) == State.SENT


def test_an_expired_letter_is_never_sent(make_letter: MakeLetter, smtp: MailSink) -> None:
    letter = make_letter(expires_at=clock.now() + MINUTE, is_secret=True)
    with clock.playing_at(clock.now() + MINUTE):
        assert deliver_letter(letter.pk) is None
        assert recover_letters() == []
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html) == (State.EXPIRED, "", "")
    assert smtp.attempts == 0


def test_a_secret_is_emptied_when_it_is_out(make_letter: MakeLetter, smtp: MailSink) -> None:
    letter = make_letter(is_secret=True)
    deliver_letter(letter.pk)
    plain = smtp.messages[0].get_body(("plain",))
    assert plain is not None
    assert "Yksinäisyys" in plain.get_content()
    letter.refresh_from_db()
    assert (letter.text, letter.html) == ("", "")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("451 local error", State.RETRY),
        ("432 4.3.2 too many connections", State.RETRY),
        ("421 shutting down", State.RETRY),
        ("554 spam", State.FAILED),
    ],
)
def test_a_no_is_taken_by_its_class(
    make_letter: MakeLetter, smtp: MailSink, answer: str, state: State
) -> None:
    smtp.answer = lambda _: answer
    letter = make_letter(is_secret=True)
    assert deliver_letter(letter.pk) == state
    letter.refresh_from_db()
    assert letter.state == state
    assert letter.last_error == answer
    assert bool(letter.text) is (state == State.RETRY)
    assert (letter.not_before > clock.now()) is (state == State.RETRY)


def test_an_unknown_mailbox_is_final(make_letter: MakeLetter, smtp: MailSink) -> None:
    smtp.refuse_recipients = "550 no such user"
    assert deliver_letter(make_letter().pk) == State.FAILED


def test_a_silent_server_is_tried_again_until_a_day_has_passed(
    make_letter: MakeLetter, smtp: MailSink
) -> None:
    smtp.stop()
    letter = make_letter()
    moment = clock.now()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        with clock.playing_at(moment):
            state = deliver_letter(letter.pk)
        letter.refresh_from_db()
        assert letter.attempts == attempt
        assert state == (State.RETRY if attempt < MOST_ATTEMPTS else State.FAILED)
        moment = letter.not_before
    assert "ConnectionRefusedError" in letter.last_error


def test_hanging_up_after_the_text_is_tried_again(make_letter: MakeLetter, smtp: MailSink) -> None:
    """The one case in which a letter may arrive twice, then with the same Message-ID."""
    smtp.answer = lambda _: None
    letter = make_letter()
    assert deliver_letter(letter.pk) == State.RETRY
    smtp.answer = lambda _: "250 OK"
    with clock.playing_at(clock.now() + 10 * MINUTE):
        assert deliver_letter(letter.pk) == State.SENT
    assert smtp.accepted() == {letter.message_id: 2}


def test_a_name_or_address_cannot_add_headers(make_letter: MakeLetter, smtp: MailSink) -> None:
    named = make_letter(to=Recipient("a@example.org", "fi", "Aino\r\nBcc: v@example.org"))
    assert deliver_letter(named.pk) == State.SENT
    assert smtp.messages[0]["Bcc"] is None

    for field in ("recipient", "subject", "reply_to"):
        letter = make_letter()
        Letter.objects.filter(pk=letter.pk).update(**{field: "a@example.org\nBcc: v@example.org"})
        assert deliver_letter(letter.pk) == State.FAILED, field
    assert smtp.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_deliver_once(make_letter: MakeLetter, smtp: MailSink) -> None:
    letter = make_letter()
    smtp.delay = 0.2
    start = threading.Barrier(4)
    results: list[State | None] = []

    def deliver() -> None:
        start.wait()
        try:
            results.append(deliver_letter(letter.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(results, key=str) == [None, None, None, State.SENT]
    assert smtp.count() == 1


def test_the_sweep_brings_stuck_letters_back(make_letter: MakeLetter, smtp: MailSink) -> None:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(
        state=State.SENDING, claimed_at=clock.now(), attempts=1
    )
    assert recover_letters() == []
    with clock.playing_at(clock.now() + STUCK_AFTER + MINUTE):
        assert recover_letters() == [letter.pk]
        assert recover_letters() == [letter.pk], "safe to run twice"
        assert deliver_letter(letter.pk) == State.SENT
    assert smtp.count() == 1


def test_a_letter_that_loses_every_worker_is_given_up(make_letter: MakeLetter) -> None:
    letter = make_letter(is_secret=True)
    Letter.objects.filter(pk=letter.pk).update(
        state=State.SENDING, claimed_at=clock.now() - 2 * STUCK_AFTER, attempts=MOST_ATTEMPTS
    )
    assert recover_letters() == []
    letter.refresh_from_db()
    assert (letter.state, letter.text) == (State.FAILED, "")
    assert "worker was lost" in letter.last_error


@pytest.mark.django_db(transaction=True)
def test_a_late_worker_does_not_undo_a_newer_claim(make_letter: MakeLetter, smtp: MailSink) -> None:
    """Its letter was taken for stuck and claimed anew while it waited for the server's no."""
    letter = make_letter()
    newer = clock.now() + STUCK_AFTER

    def claimed_anew(message: object) -> str:
        Letter.objects.filter(pk=letter.pk).update(claimed_at=newer)
        connection.close()
        return "554 no"

    smtp.answer = claimed_anew
    deliver_letter(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.claimed_at) == (State.SENDING, newer)


def test_the_sweep_finds_letters_nobody_was_told_of(make_letter: MakeLetter) -> None:
    due = make_letter()
    make_letter(held=True)
    make_letter(not_before=clock.now() + MINUTE)
    assert recover_letters() == [due.pk]
