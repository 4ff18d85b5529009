"""What to make of an error in delivery: try again, when, or give up."""

from __future__ import annotations

import datetime as dt
import random
import smtplib
from dataclasses import dataclass
from enum import Enum, auto

# How long to wait after the first, second … failed attempt: eight attempts in about a day.
WAITS = tuple(dt.timedelta(minutes=m) for m in (1, 5, 20, 60, 180, 360, 720))
MOST_ATTEMPTS = len(WAITS) + 1
# A server that says "too many at once" gets at least this much time (432 is Exchange's word).
RATE_LIMIT_WAIT = dt.timedelta(minutes=10)
RATE_LIMIT_CODE = 432
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
    """A failed attempt: what to do, and what to write down."""

    verdict: Verdict
    description: str


def judge(error: Exception) -> Failure:
    """Sort an error of delivery into later, much later or never.

    Only a server's clear "no" to this very letter is final. A wrong password or a refused
    connection is the installation's trouble, and unknown errors get the benefit of the doubt.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return Failure(_by_code(code), _describe(f"{code} {_decoded(answer)}"))
    if isinstance(error, (smtplib.SMTPSenderRefused, smtplib.SMTPDataError)):
        text = f"{error.smtp_code} {_decoded(error.smtp_error)}"
        return Failure(_by_code(error.smtp_code), _describe(text))
    if isinstance(error, smtplib.SMTPResponseException):
        text = f"{error.smtp_code} {_decoded(error.smtp_error)}"
        return Failure(_patience(error.smtp_code), _describe(text))
    if isinstance(error, (ValueError, smtplib.SMTPNotSupportedError)):
        # An address or header that no server could take, such as one with a newline.
        return Failure(Verdict.NEVER, _describe(f"{type(error).__name__}: {error}"))
    return Failure(Verdict.LATER, _describe(f"{type(error).__name__}: {error}"))


def _by_code(code: int) -> Verdict:
    return Verdict.NEVER if code >= _PERMANENT_FROM else _patience(code)


def _patience(code: int) -> Verdict:
    """Return how long a temporary code asks to wait."""
    return Verdict.MUCH_LATER if code == RATE_LIMIT_CODE else Verdict.LATER


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


def _decoded(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _describe(text: str) -> str:
    return " ".join(text.split())[:LONGEST_ERROR]
