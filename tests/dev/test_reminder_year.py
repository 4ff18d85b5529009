"""A small version of the year: two weeks of one call, with outages."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from dev.reminder_year.play import play
from dev.reminder_year.world import World
from minno_portal import clock
from minno_portal.outbox.tasks import deliver

KICKOFF = dt.date(2027, 3, 1)


def test_each_due_thing_once_none_after_expiry_none_at_night(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(deliver, "delay_on_commit", lambda *_args: None)
    with clock.playing_at(clock.helsinki(dt.date(2026, 12, 1), 0)):
        world = World(random.Random(5))
        world.add_round(1, "day", KICKOFF, 3)
    # From the first reminder of the drafts to the packet.
    verdict = play(world, KICKOFF - dt.timedelta(days=40), 14, seed=3, outages=1)
    assert verdict.letters > 0
    assert verdict.possible > 0
    assert verdict.missing == verdict.unexpected == verdict.twice == []
    assert verdict.expired == verdict.at_night == []
