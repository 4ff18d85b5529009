from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from minno_portal.outbox.services import Recipient, Sender, preview_letter, queue_letter
from minno_portal.outbox.tasks import deliver
from tests.minno_portal.outbox.conftest import TEST, MakeLetter, about


@pytest.fixture
def dispatched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The letters whose delivery was asked for, in order."""
    asked: list[int] = []
    monkeypatch.setattr(deliver, "apply_async", lambda args, _: asked.append(args[0]))
    return asked


def test_a_letter_is_a_row_with_all_its_facts(
    make_letter: MakeLetter, recipient: Recipient, stranger: Any
) -> None:
    sender = Sender(name="SOSTE", reply_to="reply@example.org", house=7, thread="minno-1-2027")
    letter = make_letter(about=stranger, sender=sender)

    assert (letter.state, letter.kind, letter.language) == (State.QUEUED, "outbox-test", "fi")
    assert (letter.recipient, letter.recipient_name) == (recipient.email, recipient.name)
    assert "Yksinäisyys" in letter.subject
    assert "Yksinäisyys" in letter.text
    assert "Yksinäisyys" in letter.html
    assert letter.about == stranger
    assert (letter.thread, letter.reply_to) == ("minno-1-2027", "reply@example.org")
    assert (letter.house, letter.sender_name) == (7, "SOSTE")
    assert letter.message_id.endswith("@127.0.0.1>")
    assert list(Letter.objects.about(stranger)) == [letter]


@pytest.mark.django_db
def test_the_same_key_is_written_once(
    make_letter: MakeLetter, recipient: Recipient, django_capture_on_commit_callbacks: Any
) -> None:
    make_letter(key="receipt:1")
    with django_capture_on_commit_callbacks() as callbacks:
        again = queue_letter(TEST, key="receipt:1", to=recipient, values=about("x"))
    assert again is False
    assert callbacks == []
    assert Letter.objects.count() == 1


@pytest.mark.django_db
def test_two_at_once_write_one_letter(
    make_letter: MakeLetter, recipient: Recipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The unique key decides when both looked before either wrote."""
    make_letter(key="receipt:1")
    nobody = Letter.objects.none()
    monkeypatch.setattr("minno_portal.outbox.services._is_written", lambda _: nobody.exists())
    assert not queue_letter(TEST, key="receipt:1", to=recipient, values=about("x"))
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_shares_the_fate_of_its_cause(
    make_letter: MakeLetter, dispatched: list[int]
) -> None:
    class Trouble(Exception):
        pass

    @transaction.atomic
    def fails_at_the_end() -> None:
        make_letter(key="never")
        raise Trouble

    with pytest.raises(Trouble):
        fails_at_the_end()
    assert not Letter.objects.exists()
    assert dispatched == []

    with transaction.atomic():
        letter = make_letter(key="ever")
        assert dispatched == [], "nothing is asked for before the commit"
    assert dispatched == [letter.pk]


@pytest.mark.django_db(transaction=True)
def test_held_and_later_letters_are_not_dispatched(
    make_letter: MakeLetter, dispatched: list[int]
) -> None:
    assert make_letter(held=True).state == State.HELD
    later = make_letter(not_before=clock.now() + dt.timedelta(hours=1))
    assert later.state == State.QUEUED
    assert dispatched == []


@pytest.mark.django_db
def test_a_preview_is_what_would_go_and_writes_nothing(
    make_letter: MakeLetter, recipient: Recipient
) -> None:
    preview = preview_letter(TEST, to=recipient, values=about("Yksinäisyys"))
    assert not Letter.objects.exists()
    letter = make_letter()
    assert (preview.subject, preview.text, preview.html) == (
        letter.subject,
        letter.text,
        letter.html,
    )


@pytest.mark.django_db
def test_a_recipient_is_made_of_a_user(stranger: Any) -> None:
    stranger.language = "sv"
    assert Recipient.of(stranger) == Recipient(stranger.email, "sv", stranger.name)
