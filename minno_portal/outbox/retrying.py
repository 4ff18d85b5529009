"""What to make of an error in delivery: try again, when, or give up."""

from __future__ import annotations

import datetime as dt
import random
import smtplib
from dataclasses import dataclass, replace
from enum import Enum, auto
from http import HTTPStatus

from minno_portal.outbox.replies import Reply

# How long to wait after the first, second … failed attempt: eight attempts in about a day.
WAITS = tuple(dt.timedelta(minutes=m) for m in (1, 5, 20, 60, 180, 360, 720))
MOST_ATTEMPTS = len(WAITS) + 1
# A server that says "too many at once" gets at least this much time.
RATE_LIMIT_WAIT = dt.timedelta(minutes=10)
LONGEST_ERROR = 500

_PERMANENT_FROM = 500


class Verdict(Enum):
    """What an error says about the letter."""

    AT_ONCE = auto()
    LATER = auto()
    MUCH_LATER = auto()
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed attempt: what to do, what to write down, and whether the address is to blame."""

    verdict: Verdict
    description: str
    blames_address: bool = False


def judge(error: Exception) -> Failure:
    """Sort an error of delivery into later, much later or never.

    Only a server's clear "no" to this very letter is final. A wrong password or a refused
    connection is the installation's trouble, and unknown errors get the benefit of the doubt.
    A server may say "too many at once" to anything: on connecting, signing in or to a recipient.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return _to_this_letter(code, answer)
    if isinstance(error, smtplib.SMTPDataError):
        return _to_this_letter(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPSenderRefused):
        refused = _to_this_letter(error.smtp_code, error.smtp_error)
        return replace(refused, blames_address=False)
    if isinstance(error, smtplib.SMTPResponseException):
        text = _answer(error.smtp_code, error.smtp_error)
        return Failure(_patience(Reply(text)), text)
    if isinstance(error, (ValueError, smtplib.SMTPNotSupportedError)):
        # An address or header that no server could take, such as one with a newline.
        return Failure(Verdict.NEVER, _describe(f"{type(error).__name__}: {error}"))
    return _by_service(error)


def _by_service(error: Exception) -> Failure:
    """Judge what a mail service's client raises (anymail, where it is installed), and the rest."""
    name, text = type(error).__name__, _describe(f"{type(error).__name__}: {error}")
    if name == "AnymailRecipientsRefused":
        return Failure(Verdict.NEVER, text)
    is_rate_limit = getattr(error, "status_code", None) == HTTPStatus.TOO_MANY_REQUESTS
    return Failure(Verdict.MUCH_LATER if is_rate_limit else Verdict.LATER, text)


def _to_this_letter(code: int, answer: bytes | str) -> Failure:
    text = _answer(code, answer)
    reply = Reply(text)
    if code < _PERMANENT_FROM or reply.is_about_own_account:
        return Failure(_patience(reply), text)
    return Failure(Verdict.NEVER, text, blames_address=reply.is_about_address)


def _patience(reply: Reply) -> Verdict:
    """Return how long an answer that is not final asks to wait."""
    return Verdict.MUCH_LATER if reply.is_rate_limit else Verdict.LATER


def wait_after(attempts: int, verdict: Verdict) -> dt.timedelta | None:
    """Return how long to wait after the attempt number `attempts`, None when it was the last.

    Waits are scattered, so that letters that failed together do not come back together.
    """
    if verdict is Verdict.NEVER or attempts >= MOST_ATTEMPTS:
        return None
    if verdict is Verdict.AT_ONCE:
        return dt.timedelta(0)
    wait = WAITS[max(attempts, 1) - 1]
    if verdict is Verdict.MUCH_LATER:
        return max(wait, RATE_LIMIT_WAIT) * random.uniform(1.0, 2.5)  # noqa: S311 (no secret)
    return wait * random.uniform(0.8, 1.3)  # noqa: S311 (no secret)


def _answer(code: int, answer: bytes | str) -> str:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return _describe(f"{code} {words}")


def _describe(text: str) -> str:
    return " ".join(text.split())[:LONGEST_ERROR]
