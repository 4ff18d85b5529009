"""The storm: 2,000 letters while workers, Redis, PostgreSQL and the mail server fail at random.

Workers are killed, the queue is flushed and its server killed, the database crashes and comes
back, and the mail server refuses, delays, hangs up after a message and answers 4xx and 5xx. In
the end every letter is with the mail server or has its clear "no", and a letter is there twice
only where the server had accepted it at a cut. `python -m dev.storm` prints the figures.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dev.letter_runs import prepare, write_letters
from dev.rows import Row, row
from minno_portal import embedded

if TYPE_CHECKING:
    from tests.workers import CeleryProcess, MailSink

LETTERS = 2000
KILLS, FLUSHES, QUEUE_CRASHES, DATABASE_CRASHES, REFUSALS = 20, 5, 5, 3, 4
WORKER_PROCESSES = 2
# How often the mail server misbehaves, of a thousand messages.
TEMPORARY, RATE_LIMIT, HANG_UP, SLOW = 60, 20, 20, 30
PERMANENT = 10
SMTP_SECONDS = 0.01
SLOW_SECONDS = 0.5
# In service a stuck letter is left alone for ten minutes, and a failed one waits for minutes.
STUCK_SECONDS = 6.0
SWEEP_SECONDS = 2.0
LONGEST_RUN = 900.0
# A letter may be on its way for as long as this around a cut: sending, writing down, outage.
AROUND_A_CUT = 15.0
STARTS = 6
SEED = 20261122


@dataclass
class Weather:
    """What the mail server says to each message, and what it remembers of it."""

    random: random.Random
    refused: set[str] = field(default_factory=set)
    """Message-IDs that got a clear "no"; they get it again if they come again."""
    hung_up: set[str] = field(default_factory=set)
    """Those that were accepted and then hung up on: the sender cannot know."""
    accepted_at: dict[str, list[float]] = field(default_factory=dict)
    temporary: int = 0

    def answer(self, message: EmailMessage) -> str | None:
        """Return what the server says to one message."""
        message_id = str(message["Message-ID"])
        if message_id in self.refused:
            return "550 5.1.1 No such user"
        die = self.random.randrange(1000)
        if (die := die - TEMPORARY) < 0:
            self.temporary += 1
            return "451 4.3.0 Try again later"
        if (die := die - RATE_LIMIT) < 0:
            self.temporary += 1
            return "432 4.3.2 Concurrent connections limit exceeded"
        if (die := die - PERMANENT) < 0 and message_id not in self.accepted_at:
            self.refused.add(message_id)
            return "550 5.1.1 No such user"
        if (die := die - SLOW) < 0:
            time.sleep(SLOW_SECONDS)
        self.accepted_at.setdefault(message_id, []).append(time.monotonic())
        if die - HANG_UP < 0 <= die:
            self.hung_up.add(message_id)
            return None
        return "250 OK"


@dataclass
class Storm:
    """Everything that is running, and the moments at which something was cut."""

    folder: Path
    sink: MailSink
    worker: CeleryProcess
    weather: Weather
    cuts: list[float] = field(default_factory=list)

    def kill_worker(self) -> None:
        """Kill the worker with its processes, and start another one."""
        self.cuts.append(time.monotonic())
        self.worker.kill()
        self.worker.start()

    def flush_queue(self) -> None:
        """Forget everything that is queued."""
        _queue().flushall()

    def crash_queue(self) -> None:
        """Kill the queue's server and start it again, empty."""
        _queue().shutdown(nosave=True)
        time.sleep(1)
        embedded.start_redis(self.folder / "redis")

    def crash_database(self) -> None:
        """Let the database crash (no shutdown, open connections cut) and come back."""
        self.cuts.append(time.monotonic())
        _crash_postgres(self.folder)
        time.sleep(1)
        _start_postgres(self.folder)
        self.cuts.append(time.monotonic())

    def refuse_connections(self) -> None:
        """Let the mail server be away for a while."""
        self.sink.stop()
        time.sleep(3)
        self.sink.start()

    def duplicates(self) -> dict[str, bool]:
        """Return the letters that were accepted more than once, and whether a cut explains it."""
        return {
            message_id: message_id in self.weather.hung_up or self._is_at_a_cut(moments)
            for message_id, moments in self.weather.accepted_at.items()
            if len(moments) > 1
        }

    def _is_at_a_cut(self, moments: list[float]) -> bool:
        """Whether each acceptance but the last was followed by a cut."""
        return all(
            any(moment - AROUND_A_CUT < cut < moment + AROUND_A_CUT for cut in self.cuts)
            for moment in moments[:-1]
        )


def _queue() -> Any:
    import redis

    return redis.Redis.from_url(os.environ["REDIS_URL"])


def _crash_postgres(folder: Path) -> None:
    """Have the database server abort, as after a crash: it recovers when it starts again."""
    from tests.workers import wait_until

    pid_file = folder / "postgres" / "postmaster.pid"
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
    wait_until(lambda: not pid_file.exists(), what="PostgreSQL did not leave")


def _start_postgres(folder: Path) -> None:
    """Start it again; recovering may take longer than one start waits on a busy machine."""
    for _ in range(STARTS):
        with suppress(embedded.EmbeddedFailed):
            embedded.start_postgres(folder / "postgres")
            return
    raise TimeoutError("PostgreSQL did not come back")


def storm_figures(letters: int = LETTERS) -> list[Row]:
    """Run the storm and return its rows of figure, value, unit, bar and held."""
    started = time.monotonic()
    queued, storm = _run(letters)
    from minno_portal.outbox.enums import State
    from minno_portal.outbox.models import Letter

    accepted = set(storm.weather.accepted_at)
    failed = set(Letter.objects.filter(state=State.FAILED).values_list("message_id", flat=True))
    lost = queued - accepted - (failed & storm.weather.refused)
    duplicates = storm.duplicates()
    unexplained = [key for key, explained in duplicates.items() if not explained]
    possible = len(storm.weather.hung_up) + WORKER_PROCESSES * len(storm.cuts)
    return [
        row("Storm: letters written", len(queued), letters, unit="letters", exact=True),
        row("… accepted by the mail server", len(queued & accepted), unit="letters"),
        row("… with the server's clear no, and written down so", len(failed),
            len(storm.weather.refused), unit="letters", held=failed == storm.weather.refused),
        row("… lost", len(lost), 0, unit="letters"),
        row("… twice without a cut that explains it", len(unexplained), 0, unit="letters"),
        row("… twice, accepted before a cut", len(duplicates), possible, unit="letters"),
        row("… temporary refusals on the way", storm.weather.temporary, unit="letters"),
        row("… workers killed", KILLS, unit="times"),
        row("… queue flushed and its server killed", FLUSHES + QUEUE_CRASHES, unit="times"),
        row("… database crashed", DATABASE_CRASHES, unit="times"),
        row("… took", round(time.monotonic() - started), LONGEST_RUN, unit="s"),
    ]  # fmt: skip


def _run(letters: int) -> tuple[set[str], Storm]:
    folder = prepare()
    _commit_for_sure()
    from tests.workers import MailSink, celery_worker

    weather = Weather(random.Random(SEED))  # noqa: S311 (no secret)
    with ExitStack() as stack:
        sink = MailSink()
        sink.delay = SMTP_SECONDS
        sink.answer = weather.answer
        sink.start()
        stack.callback(sink.stop)
        worker = celery_worker(
            redis_url=os.environ["REDIS_URL"], email_url=sink.url, concurrency=WORKER_PROCESSES
        )
        stack.callback(shutil.rmtree, folder / "templates")
        stack.callback(worker.kill)
        worker.start()
        storm = Storm(folder, sink, worker, weather)
        return _rage(storm, letters), storm


def _commit_for_sure() -> None:
    """Let the database keep what it has committed through a crash, as one in service does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET synchronous_commit = on")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()


def _rage(storm: Storm, letters: int) -> set[str]:
    """Write the letters and let everything fail while they are delivered."""
    queued = write_letters(letters)
    trouble = [
        *[storm.kill_worker] * KILLS,
        *[storm.flush_queue] * FLUSHES,
        *[storm.crash_queue] * QUEUE_CRASHES,
        *[storm.crash_database] * DATABASE_CRASHES,
        *[storm.refuse_connections] * REFUSALS,
    ]
    storm.weather.random.shuffle(trouble)
    deadline = time.monotonic() + LONGEST_RUN
    over = threading.Event()
    beat = threading.Thread(target=_let_time_pass, args=(over,), daemon=True)
    beat.start()
    # Each trouble comes when a part of the letters is through, so that all fall in the middle.
    for number, strike in enumerate(trouble, start=1):
        part = letters * number // (len(trouble) + 3)
        while len(storm.weather.accepted_at) < part and time.monotonic() < deadline:
            time.sleep(0.02)
        strike()
    while not _all_through() and time.monotonic() < deadline:
        time.sleep(1)
    # What is still in the queue may deliver nothing any more: give it the chance to err.
    time.sleep(2 * SWEEP_SECONDS)
    over.set()
    beat.join()
    return queued


def _let_time_pass(over: threading.Event) -> None:
    """Sweep as beat does, and let the minutes of waiting pass at once."""
    from django.db import DatabaseError, connection

    from minno_portal import clock
    from minno_portal.outbox.enums import State
    from minno_portal.outbox.models import Letter
    from minno_portal.outbox.tasks import sweep

    while not over.wait(SWEEP_SECONDS):
        try:
            Letter.objects.filter(state=State.RETRY).update(not_before=clock.now())
            sweep.delay_on_commit(stuck_after=STUCK_SECONDS)
        except DatabaseError as error:
            print(f"  the beat met: {error}", file=sys.stderr)
            connection.close()
    connection.close()


def _all_through() -> bool:
    from django.db import DatabaseError, connection

    from minno_portal.outbox.enums import State
    from minno_portal.outbox.models import Letter

    try:
        return not Letter.objects.exclude(state__in=(State.SENT, State.FAILED)).exists()
    except DatabaseError:
        connection.close()
        return False


if __name__ == "__main__":
    print(json.dumps(storm_figures(*map(int, sys.argv[1:])), ensure_ascii=False, indent=1))
