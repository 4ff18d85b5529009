"""Letters to many: one connection, one task, each accounted for, behind all others."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from minno_portal import clock
from minno_portal.outbox import bulk
from minno_portal.outbox.delivery import recover_letters
from minno_portal.outbox.enums import State
from minno_portal.outbox.many import Ready, queue_letters
from minno_portal.outbox.models import Letter
from minno_portal.outbox.rendering import Rendered
from minno_portal.outbox.services import PORTAL, Recipient
from minno_portal.outbox.tasks import deliver_bulk, sweep
from organisations.models import Organisation
from tests.minno_portal.outbox.conftest import TEST, MakeLetter
from tests.workers import MailSink

pytestmark = pytest.mark.django_db
Queue = Callable[[int], dict[str, int]]


@pytest.fixture
def dispatched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tasks that were asked for."""
    found: list[str] = []
    monkeypatch.setattr(deliver_bulk, "delay_on_commit", lambda: found.append("bulk"))
    monkeypatch.setattr(
        "minno_portal.outbox.tasks.deliver.delay_on_commit", lambda _id: found.append("one")
    )
    return found


@pytest.fixture
def queue(dispatched: list[str]) -> Queue:
    about = Organisation.objects.create(name="Yhdistys ry")

    def write(count: int) -> dict[str, int]:
        letters = [
            Ready(
                key=f"many:{number}",
                to=Recipient(f"reader{number}@example.org", "fi"),
                rendered=Rendered("Haku", "Hei", "<p>Hei</p>"),
                unsubscribe_url=f"https://portal.example.org/unsubscribe/{number}/",
            )
            for number in range(count)
        ]
        return queue_letters(TEST, letters, sender=PORTAL, about=about)

    return write


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_many_letters_are_written_once_with_one_task(
    queue: Queue, dispatched: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = queue(3)
        assert queue(3) == first
    assert Letter.objects.filter(is_bulk=True).count() == 3
    assert dispatched == ["bulk"]
    # The task has left the queue, so the next letters ask for another one.
    with django_capture_on_commit_callbacks(execute=True):
        deliver_bulk()
        queue(4)
    assert dispatched == ["bulk", "bulk"]


def test_they_share_a_connection_and_carry_the_headers(
    queue: Queue, smtp: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []
    whole = bulk.get_connection
    monkeypatch.setattr(bulk, "get_connection", lambda: opened.append(1) or whole())
    queue(5)
    assert bulk.deliver_for_a_while() is False
    assert states() == [State.SENT] * 5
    assert len(opened) == 1
    assert smtp.count() == 5
    message = smtp.to("reader2@")[0]
    assert message["List-Unsubscribe"] == "<https://portal.example.org/unsubscribe/2/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_refused_letter_does_not_stop_the_others(queue: Queue, smtp: MailSink) -> None:
    def answer(message: EmailMessage) -> str | None:
        if "reader1@" in message["To"]:
            return "550 no"
        return None if "reader3@" in message["To"] else "250 OK"

    smtp.answer = answer
    queue(5)
    bulk.deliver_for_a_while()
    # The fourth was cut after the server had taken it: it is in doubt, and so tried again later.
    assert states() == [State.SENT, State.FAILED, State.SENT, State.RETRY, State.SENT]
    assert Letter.objects.filter(attempts=1).count() == 5


def test_it_stops_after_a_while_and_asks_to_go_on(
    queue: Queue,
    dispatched: list[str],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    queue(3)
    whole = bulk.deliver_for_a_while
    with django_capture_on_commit_callbacks(execute=True):
        monkeypatch.setattr(bulk, "deliver_for_a_while", lambda: whole(seconds=0))
        deliver_bulk()
        monkeypatch.setattr(bulk, "deliver_for_a_while", whole)
    assert len(mail.outbox) == 1
    assert dispatched == ["bulk"]
    assert recover_letters() == []
    bulk.is_called()
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
        sweep()
    assert dispatched == ["bulk", "bulk"]
    deliver_bulk()
    assert states() == [State.SENT] * 3


def test_others_letters_have_tasks_of_their_own(queue: Queue, make_letter: MakeLetter) -> None:
    queue(2)
    letter = make_letter()
    assert recover_letters() == [letter.pk]
    bulk.deliver_for_a_while()
    letter.refresh_from_db()
    assert letter.state == State.QUEUED


def test_only_one_process_delivers(queue: Queue, transactional_db: None) -> None:
    queue(2)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [bulk._LOCK])
            assert bulk.deliver_for_a_while() is False
            assert states() == [State.QUEUED] * 2
            cursor.execute("SELECT pg_advisory_unlock(%s)", [bulk._LOCK])
    finally:
        other.close()
    bulk.deliver_for_a_while()
    assert states() == [State.SENT] * 2


def test_a_server_that_is_away_makes_letters_wait(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        def open(self) -> None:
            raise smtplib.SMTPConnectError(421, b"busy")

        def close(self) -> None:
            raise OSError

    monkeypatch.setattr(bulk, "get_connection", Away)
    queue(2)
    bulk.deliver_for_a_while()
    assert states() == [State.RETRY] * 2
    due: Any = Letter.objects.filter(not_before__gt=clock.now())
    assert due.count() == 2
