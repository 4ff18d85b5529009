from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from minno_portal.outbox.replies import LOST_WORKER, Reply, in_words

UNKNOWN = "550 5.1.1 <a@example.org>: Recipient address rejected: User unknown"
FULL = "552 5.2.2 <a@example.org>: Mailbox full, quota exceeded"
UNWANTED = "550 5.7.1 Message rejected as spam"


@pytest.mark.parametrize(
    ("text", "is_dead"),
    [
        (UNKNOWN, True),
        ("550 No such user here", True),
        ("551 User not local", True),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", True),
        ("550 5.2.1 The email account that you tried to reach is disabled", True),
        ("550 5.4.310 DNS domain example.invalid does not exist", True),
        (FULL, False),
        (UNWANTED, False),
        ("554 Denied", False),
        ("550 5.1.8 Sender address rejected", False),
        ("552 5.3.4 Message too big", False),
        ("450 4.1.1 Greylisted", False),
        ("535 5.7.8 Authentication failed", False),
        ("ConnectionRefusedError: [Errno 111]", False),
        ("", False),
    ],
)
def test_which_answers_tell_that_an_address_is_dead(text: str, is_dead: bool) -> None:
    assert Reply(text).is_about_address is is_dead


@pytest.mark.parametrize(
    "text",
    [
        "432 4.3.2 Concurrent connections limit exceeded",
        "432 busy",
        "421 4.7.28 Our system has detected an unusual rate of mail",
        "421 Too many concurrent SMTP connections",
        "450 4.2.1 The user is receiving mail too quickly",
        "451 4.7.500 Server busy. Please try again later",
        "454 4.7.0 Too many login attempts, please try again later",
    ],
)
def test_servers_say_in_many_ways_that_it_is_too_much(text: str) -> None:
    assert Reply(text).is_rate_limit
    assert not Reply(text).is_permanent


@pytest.mark.parametrize("text", [UNKNOWN, "452 4.2.2 Over quota", "550 5.5.3 Too many recipients"])
def test_other_answers_are_no_rate_limit(text: str) -> None:
    assert not Reply(text).is_rate_limit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        (LOST_WORKER, "Sending was interrupted."),
        (UNKNOWN, "no such address"),
        (FULL, "mailbox is full"),
        ("452 4.2.2 Over quota", "mailbox is full"),
        (UNWANTED, "unwanted"),
        ("554 Denied", "unwanted"),
        ("550 5.5.2 Syntax", "refused the letter"),
        ("451 4.3.0 Local error", "try again later"),
        ("432 4.3.2 Concurrent connections", "so many letters at a time"),
        ("535 5.7.8 wrong password", "check the settings"),
        ("TimeoutError: timed out", "could not be reached"),
    ],
)
def test_errors_in_words(text: str, words: str) -> None:
    with translation.override("en"):
        assert words in str(in_words(text))


@given(st.text(max_size=200))
def test_any_text_is_an_answer(text: str) -> None:
    reply = Reply(text)
    assert reply.is_permanent in (True, False)
    assert not (reply.is_about_address and reply.is_rate_limit)
    assert isinstance(str(in_words(text)), str)
