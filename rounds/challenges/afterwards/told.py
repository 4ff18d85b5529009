"""The decision as an association knows it: the step that decides tells it through here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from minno_portal.waiting import Panel
from organisations.people.models import User
from rounds.challenges.models import Challenge


@dataclass(frozen=True, slots=True)
class Told:
    """When a decision was told, and what the association's page shows of it."""

    at: dt.datetime
    panel: Panel


Teller = Callable[[Challenge, User], Told | None]

_tellers: list[Teller] = []


def tells_decision(teller: Teller) -> Teller:
    """Register who knows what an association has been told; decorates it in handlers.py."""
    _tellers.append(teller)
    return teller


def told_decision(challenge: Challenge, user: User) -> Told | None:
    """Return the decision that was told last, None before that (one query at most).

    A newer decision that is not told yet changes nothing.
    """
    if not (challenge.told_outcome or challenge.is_told):
        return None
    return next((told for each in _tellers if (told := each(challenge, user))), None)
