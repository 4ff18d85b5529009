"""Own questions of a round, and a round whose call is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from minno_portal import clock
from organisations.models import User
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.services import Wanted, add_question
from rounds.planning.models import Round

MakeQuestion = Callable[..., OwnQuestion]

OPTIONS = [
    {"key": "o1", "fi": "Ryhmät", "sv": "Grupper", "en": "Groups"},
    {"key": "o2", "fi": "Neuvonta", "sv": "", "en": "Advice"},
]


def wanted(
    kind: str = "short_text", need: str = "optional", label: str = "Kysymys", **more: Any
) -> Wanted:
    more.setdefault("options", OPTIONS if kind in ("choice", "choices") else [])
    return Wanted(kind=kind, need=need, label={"fi": label}, **more)


@pytest.fixture
def make_question(call_round: Round, coordinator: User) -> MakeQuestion:
    def make(kind: str = "short_text", section: str = "challenge", **more: Any) -> OwnQuestion:
        return add_question(
            call_round.pk, section=section, wanted=wanted(kind, **more), actor=coordinator
        )

    return make


@pytest.fixture
def closed_round(call_round: Round) -> Round:
    """The round after its call."""
    call_round.call_closes_at = clock.now() - dt.timedelta(hours=1)
    call_round.save()
    return call_round
