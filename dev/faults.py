"""The fault run: a worker is killed in the middle of 200 letters and the queue is lost.

Real parts on folders of their own: PostgreSQL, Redis, a Celery worker with two processes, SMTP.
`python -m dev.faults` prints the figures; `make figures` has them in its table.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dev.letter_runs import prepare, write_letters
from dev.rows import Row, row

if TYPE_CHECKING:
    from tests.workers import CeleryProcess, MailSink

LETTERS = 200
KILLED_AFTER = 60
WORKER_PROCESSES = 2
# Long enough that a letter is in the middle of its delivery when the worker is killed.
SMTP_SECONDS = 0.04
# In service a stuck letter is left alone for ten minutes and the sweep runs every minute.
STUCK_SECONDS = 3.0
SWEEP_SECONDS = 2.0
LONGEST_RUN = 180.0


@dataclass
class Outcome:
    """What the fault run counted."""

    queued: set[str] = field(default_factory=set)
    """Message-IDs of the letters that were written."""
    sending_at_kill: set[str] = field(default_factory=set)
    """Those that a process was handing over when it was killed."""
    accepted_at_kill: set[str] = field(default_factory=set)
    """Those that the mail server had by then."""
    accepted: dict[str, int] = field(default_factory=dict)
    """How many times the mail server accepted each."""
    seconds_after_restart: float = 0.0

    @property
    def lost(self) -> set[str]:
        """Letters that never arrived."""
        return self.queued - set(self.accepted)

    @property
    def twice(self) -> set[str]:
        """Letters that arrived more than once."""
        return {message_id for message_id, times in self.accepted.items() if times > 1}


def fault_figures() -> list[Row]:
    """Run it and return the rows of figure, value, unit, bar and held."""
    outcome = _run()
    delivered = len(outcome.queued & set(outcome.accepted))
    cut = outcome.sending_at_kill & outcome.accepted_at_kill
    unexplained = len(outcome.twice - cut)
    seconds = round(outcome.seconds_after_restart, 1)
    return [
        row("Worker killed, queue flushed: letters delivered", delivered, LETTERS,
            unit="letters", exact=True),
        row("Worker killed, queue flushed: letters lost", len(outcome.lost), 0, unit="letters"),
        row("… delivered twice without SMTP having had them at the kill", unexplained, 0,
            unit="letters"),
        row("… delivered twice because SMTP had accepted at the kill", len(outcome.twice & cut),
            len(cut), unit="letters", held=len(cut) <= WORKER_PROCESSES),
        row("… from the restart to the last letter", seconds, unit="s"),
    ]  # fmt: skip


def _run() -> Outcome:
    folder = prepare()
    from tests.workers import MailSink, celery_worker

    with ExitStack() as stack:
        sink = MailSink()
        sink.delay = SMTP_SECONDS
        sink.start()
        stack.callback(sink.stop)
        worker = celery_worker(
            redis_url=os.environ["REDIS_URL"], email_url=sink.url, concurrency=WORKER_PROCESSES
        )
        stack.callback(shutil.rmtree, folder / "templates")
        stack.callback(worker.kill)
        worker.start()
        return _faults(worker, sink)


def _faults(worker: CeleryProcess, sink: MailSink) -> Outcome:
    """Write the letters, kill the worker, flush the queue, start again, count."""
    import redis

    from minno_portal.outbox.enums import State
    from minno_portal.outbox.models import Letter
    from minno_portal.outbox.tasks import sweep
    from tests.workers import wait_until

    outcome = Outcome(queued=write_letters(LETTERS))
    wait_until(lambda: sink.count() >= KILLED_AFTER, LONGEST_RUN, worker.output())
    worker.kill()
    redis.Redis.from_url(os.environ["REDIS_URL"]).flushall()
    sending = Letter.objects.filter(state=State.SENDING)
    # The server may still be reading what was sent to it before the kill.
    time.sleep(5 * SMTP_SECONDS)
    outcome.accepted_at_kill = set(sink.accepted())
    outcome.sending_at_kill = set(sending.values_list("message_id", flat=True))

    started = time.monotonic()
    worker.start()
    unsent = Letter.objects.exclude(state=State.SENT)
    while unsent.exists() and time.monotonic() - started < LONGEST_RUN:
        sweep.delay_on_commit(stuck_after=STUCK_SECONDS)
        time.sleep(SWEEP_SECONDS)
    outcome.seconds_after_restart = time.monotonic() - started
    # What is still in the queue may deliver nothing any more: give it the chance to err.
    time.sleep(2 * SWEEP_SECONDS)
    outcome.accepted = dict(sink.accepted())
    return outcome


if __name__ == "__main__":
    print(json.dumps(fault_figures(), ensure_ascii=False, indent=1))
