from __future__ import annotations

import datetime as dt
import smtplib
import ssl

import pytest
from django.core.mail import BadHeaderError

from minno_portal.outbox.retrying import (
    MOST_ATTEMPTS,
    RATE_LIMIT_WAIT,
    WAITS,
    Verdict,
    judge,
    wait_after,
)

REFUSED = smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")})
GREYLISTED = smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"try later")})


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (REFUSED, Verdict.NEVER),
        (smtplib.SMTPDataError(554, b"spam"), Verdict.NEVER),
        (smtplib.SMTPSenderRefused(553, b"sender", "m@example.org"), Verdict.NEVER),
        (BadHeaderError("newline"), Verdict.NEVER),
        (UnicodeEncodeError("idna", "ä", 0, 1, "bad address"), Verdict.NEVER),
        (GREYLISTED, Verdict.LATER),
        (smtplib.SMTPDataError(451, b"local error"), Verdict.LATER),
        (smtplib.SMTPDataError(432, b"4.3.2 concurrent connections"), Verdict.MUCH_LATER),
        (smtplib.SMTPConnectError(421, b"busy"), Verdict.LATER),
        (smtplib.SMTPConnectError(554, b"go away"), Verdict.LATER),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), Verdict.LATER),
        (smtplib.SMTPServerDisconnected("gone"), Verdict.LATER),
        (ConnectionRefusedError("refused"), Verdict.LATER),
        (TimeoutError("slow"), Verdict.LATER),
        (ssl.SSLError("handshake"), Verdict.LATER),
        (RuntimeError("never seen"), Verdict.LATER),
        # Too many at once, whatever the server says it to.
        (smtplib.SMTPConnectError(432, b"4.3.2 busy"), Verdict.MUCH_LATER),
        (smtplib.SMTPConnectError(421, b"4.7.0 too many connections"), Verdict.MUCH_LATER),
        (smtplib.SMTPHeloError(421, b"slow down"), Verdict.MUCH_LATER),
        (
            smtplib.SMTPAuthenticationError(454, b"4.7.0 too many login attempts"),
            Verdict.MUCH_LATER,
        ),
        (smtplib.SMTPAuthenticationError(432, b"4.3.2"), Verdict.MUCH_LATER),
        (smtplib.SMTPSenderRefused(421, b"4.7.28 rate", "m@example.org"), Verdict.MUCH_LATER),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (432, b"4.3.2")}), Verdict.MUCH_LATER),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (421, b"gone")}), Verdict.LATER),
        # Our own account: no letter is to blame.
        (smtplib.SMTPSenderRefused(530, b"5.7.0 sign in first", "m@example.org"), Verdict.LATER),
        (smtplib.SMTPDataError(552, b"5.2.2 mailbox full"), Verdict.NEVER),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (452, b"4.2.2 full")}), Verdict.LATER),
    ],
)
def test_errors_are_judged_by_class(error: Exception, verdict: Verdict) -> None:
    failure = judge(error)
    assert failure.verdict is verdict
    assert failure.description.isprintable()
    assert failure.description


@pytest.mark.parametrize(
    ("error", "blames"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"5.1.1 unknown")}), True),
        (smtplib.SMTPDataError(550, b"5.1.1 unknown"), True),
        (smtplib.SMTPSenderRefused(553, b"no such sender", "m@example.org"), False),
        (smtplib.SMTPDataError(554, b"5.7.1 spam"), False),
        (GREYLISTED, False),
    ],
)
def test_only_an_unknown_recipient_is_the_addresss_fault(error: Exception, blames: bool) -> None:
    assert judge(error).blames_address is blames


def test_what_a_mail_service_says() -> None:
    refused = type("AnymailRecipientsRefused", (Exception,), {})
    busy = type("AnymailRequestsAPIError", (Exception,), {"status_code": 429})
    assert judge(refused("no")).verdict is Verdict.NEVER
    assert judge(busy("later")).verdict is Verdict.MUCH_LATER


def test_long_answers_are_cut() -> None:
    assert len(judge(smtplib.SMTPDataError(451, b"x\r\n" * 5000)).description) == 500


def test_waits_grow_to_about_a_day_and_end() -> None:
    waits = [wait_after(attempt, Verdict.LATER) for attempt in range(1, MOST_ATTEMPTS)]
    for wait, planned in zip(waits, WAITS, strict=True):
        assert wait is not None
        assert 0.8 * planned <= wait <= 1.3 * planned
    assert dt.timedelta(hours=20) < sum(WAITS, dt.timedelta()) < dt.timedelta(hours=30)
    assert wait_after(MOST_ATTEMPTS, Verdict.LATER) is None
    assert wait_after(1, Verdict.NEVER) is None


def test_waits_are_scattered() -> None:
    assert len({wait_after(1, Verdict.LATER) for _ in range(20)}) > 10


def test_a_rate_limit_gets_more_time() -> None:
    wait = wait_after(1, Verdict.MUCH_LATER)
    assert wait is not None
    assert wait >= RATE_LIMIT_WAIT
