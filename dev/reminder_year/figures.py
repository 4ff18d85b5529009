"""The year's figures: `python -m dev.reminder_year.figures` plays it on a database of its own."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any

from dev.bootstrap import ROOT

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


def reminder_figures() -> list[dict[str, Any]]:
    """Play the year in a fresh process and return its rows."""
    servers = ("DATABASE_URL", "REDIS_URL", "EMBEDDED_DATABASE")
    environ = {name: value for name, value in os.environ.items() if name not in servers}
    with tempfile.TemporaryDirectory(prefix="minno-year-", ignore_cleanup_errors=True) as folder:
        done = subprocess.run(
            [sys.executable, "-m", "dev.reminder_year.figures"],
            cwd=ROOT,
            env={**environ, "VAR_DIR": folder},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    told = json.loads(done.stdout.splitlines()[-1])
    return [
        _row("a year of reminders: hours played", told["hours"]),
        _row("a year of reminders: hours without worker or delivery", told["down"]),
        _row("a year of reminders: things due to somebody", told["due"]),
        _row("a year of reminders: of these in an hour with a worker", told["possible"]),
        _row("a year of reminders: letters", told["letters"]),
        _row("a year of reminders: missing", told["missing"], bar=0),
        _row("a year of reminders: not due and yet gone", told["unexpected"], bar=0),
        _row("a year of reminders: gone twice", told["twice"], bar=0),
        _row("a year of reminders: gone after expiry", told["expired"], bar=0),
        _row("a year of reminders: in quiet hours without need", told["at_night"], bar=0),
    ]


def _row(figure: str, value: int, *, bar: int | None = None) -> dict[str, Any]:
    held = bar is None or value <= bar
    return {"figure": figure, "value": value, "unit": "", "bar": bar, "held": held}


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


def main() -> None:
    """Set Django up on the embedded database, play, print one line of JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minno_portal.settings")
    from minno_portal import embedded

    embedded.provide(os.environ)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from minno_portal.outbox.tasks import deliver

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # Letters are delivered when the play says so, not when they are written.
    deliver.delay_on_commit = lambda *_args: None  # type: ignore[method-assign]
    call_command("migrate", verbosity=0)
    verdict = play_year()
    for name in ("missing", "unexpected", "twice", "expired", "at_night"):
        for key in getattr(verdict, name)[:20]:
            print(f"{name}: {key}", file=sys.stderr)
    counted = {
        name: len(value) if isinstance(value, list) else value
        for name, value in vars(verdict).items()
    }
    print(json.dumps(counted))


if __name__ == "__main__":
    main()
