from __future__ import annotations

import imaplib
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from minno_portal.outbox.bounces import mailbox as reading
from minno_portal.outbox.bounces.address import parse_address
from minno_portal.outbox.bounces.mailbox import Outcome, read_mailbox
from minno_portal.outbox.enums import State
from minno_portal.outbox.failing import addresses_that_fail
from minno_portal.outbox.models import Letter
from minno_portal.outbox.tasks import read_bounces
from tests.imap import Mailbox, imap_server
from tests.minno_portal.outbox.bounces.samples import (
    DELAYED,
    OUT_OF_OFFICE,
    QUESTION,
    WHOLE,
    postfix,
)
from tests.minno_portal.outbox.bounces.test_marking import sent
from tests.minno_portal.outbox.conftest import MakeLetter

SEEN, FLAGGED = r"\Seen", r"\Flagged"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with imap_server() as mailbox:
        yield mailbox


def test_reading_everything_once(make_letter: MakeLetter, box: Mailbox) -> None:
    letters = [sent(make_letter) for _ in WHOLE]
    for report, letter in zip(WHOLE.values(), letters, strict=True):
        box.put(report(letter.recipient, letter.message_id))
    delayed, away, question = (box.put(raw) for raw in (DELAYED, OUT_OF_OFFICE, QUESTION))
    assert read_mailbox(box.url) == Outcome(read=7, marked=4)
    assert set(Letter.objects.values_list("state", flat=True)) == {State.BOUNCED}
    assert (delayed.flags, away.flags, question.flags) == ({SEEN}, {SEEN}, {SEEN, FLAGGED})
    assert read_mailbox(box.url) == Outcome()
    box.messages[0].flags.clear()
    assert read_mailbox(box.url) == Outcome(read=1, marked=0), "read again, nothing changes"


def test_a_broken_connection_loses_nothing(make_letter: MakeLetter, box: Mailbox) -> None:
    letter = sent(make_letter)
    kept = box.put(postfix(letter.recipient, letter.message_id))
    box.breaks_at = "STORE"
    with pytest.raises((OSError, imaplib.IMAP4.error)):
        read_mailbox(box.url)
    assert not kept.flags
    assert read_mailbox(box.url) == Outcome(read=1, marked=0), "it was marked before the break"
    assert addresses_that_fail([letter.recipient])


def test_so_many_at_a_time_and_long_messages_by_their_beginning(
    make_letter: MakeLetter, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = sent(make_letter)
    raw = postfix(letter.recipient, letter.message_id)
    monkeypatch.setattr(reading, "LARGEST", len(raw))
    box.put(raw + b"x" * 100_000)
    box.put(QUESTION)
    assert read_mailbox(box.url, most=1) == Outcome(read=1, marked=1)
    assert read_mailbox(box.url, most=1) == Outcome(read=1, marked=0)


def test_another_folder(box: Mailbox) -> None:
    box.folder = 'Saapuneet "x"'
    url = box.url.rpartition("/")[0]
    with pytest.raises(imaplib.IMAP4.error):
        read_mailbox(f"{url}/INBOX")


def test_the_task_logs_what_is_wrong_and_never_the_password(
    box: Mailbox, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BOUNCE_IMAP_URL = ""
    read_bounces()
    settings.BOUNCE_IMAP_URL = box.url
    with caplog.at_level(logging.WARNING):
        read_bounces()
        assert not caplog.records
        box.password = "another"
        read_bounces()
        settings.BOUNCE_IMAP_URL = "imap://user:secret@127.0.0.1:1/INBOX"
        read_bounces()
    assert len(caplog.records) == 2
    assert "secret" not in caplog.text
    assert "pa/ss" not in caplog.text


def test_addresses_of_mailboxes() -> None:
    found = parse_address("imaps://a%40b.fi:p%2Fw@mail.example.fi/Palautuneet/MINNO")
    assert (found.user, found.password, found.port) == ("a@b.fi", "p/w", 993)
    assert found.folder == "Palautuneet/MINNO"
    assert parse_address("imap://u:p@h:1143").port == 1143
    assert parse_address("imap://u:p@h").folder == "INBOX"


@pytest.mark.parametrize(
    "url", ["http://u:p@h", "imaps://", "imaps://h/INBOX", "x", "imap://u:p@h:x"]
)
def test_what_is_no_mailbox(url: str) -> None:
    with pytest.raises(ValueError, match=r"imaps://|[Pp]ort"):
        parse_address(url)
