"""The year's figures: `python -m dev.figures reminders` plays it on a database of its own."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

from dev import own_servers
from dev.rows import Row, row

if TYPE_CHECKING:
    from dev.reminder_year.play import Verdict

SEED = 2027
FIRST, DAYS, OUTAGES = dt.date(2027, 1, 1), 365, 12
# Form, kick-off and how many begin a challenge: rounds of the year before are asked after in it.
ROUNDS = (
    ("day", dt.date(2026, 2, 2), 4),
    ("day", dt.date(2026, 8, 31), 4),
    ("day", dt.date(2027, 3, 1), 12),
    ("summer", dt.date(2027, 5, 10), 8),
    ("evening", dt.date(2027, 8, 30), 12),
    ("day", dt.date(2027, 10, 25), 12),
)
# What may not happen: its name in the verdict, and in words.
FAULTS = {
    "missing": "missing",
    "unexpected": "not due and yet gone",
    "twice": "gone twice",
    "expired": "gone after expiry",
    "at_night": "in quiet hours without need",
}


def reminder_figures() -> list[Row]:
    """Play the year on servers of its own and return its rows."""
    _prepare()
    verdict = play_year()
    for name in FAULTS:
        for key in getattr(verdict, name)[:20]:
            print(f"{name}: {key}", file=sys.stderr)
    return [
        row("a year of reminders: hours played", verdict.hours),
        row("a year of reminders: hours without worker or delivery", verdict.down),
        row("a year of reminders: things due to somebody", verdict.due),
        row("a year of reminders: of these in an hour with a worker", verdict.possible),
        row("a year of reminders: letters", verdict.letters),
        *(row(f"a year of reminders: {words}", len(getattr(verdict, name)), 0)
          for name, words in FAULTS.items()),
    ]  # fmt: skip


def play_year() -> Verdict:
    """Play the year on the database that is there; it is left full."""
    import random

    from dev.reminder_year.play import play
    from dev.reminder_year.world import World
    from minno_portal import clock

    # The rounds of the year before happen first, so that their questions come in the year played.
    begins = dt.date(2025, 11, 1)
    with clock.playing_at(clock.helsinki(begins, 0)):
        world = World(random.Random(SEED))  # noqa: S311 (a play)
        for number, (form, kickoff_on, giving) in enumerate(ROUNDS, 1):
            world.add_round(number, form, kickoff_on, giving)
    return play(world, FIRST, DAYS, seed=SEED, outages=OUTAGES)


def _prepare() -> None:
    own_servers.start()
    own_servers.prepare_django()
    from django.conf import settings

    from minno_portal.outbox.tasks import deliver

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # Letters are delivered when the play says so, not when they are written.
    deliver.delay_on_commit = lambda *_args: None  # type: ignore[method-assign]
