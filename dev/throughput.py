"""How fast letters leave, what they cost in memory, and whether pages notice a campaign.

10,000 letters, each with a task of its own, to a mail server on this machine; then 20,000 letters
to many while pages are asked for. `python -m dev.throughput` prints the figures.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import psutil

from dev.letter_runs import KIND, LANGUAGES, numbered, prepare
from dev.rows import Row, row

if TYPE_CHECKING:
    from tests.workers import CeleryProcess

LETTERS, READERS = 10_000, 20_000
AT_ONCE = 500
WORKER_PROCESSES = 2
# What a process may grow while ten thousand letters go through it.
MOST_GROWTH = 1.1
MOST_SLOWER = 1.3
LONGEST_RUN = 1800.0
ASKED_TIMES = 400
PAGES = ("/", "/accounts/login/")
MEGABYTE = 1024 * 1024


@dataclass
class Memory:
    """Resident memory of a worker's largest process, in megabytes."""

    early: float = 0.0
    late: float = 0.0

    @property
    def growth(self) -> float:
        """How many times the early one the late one is."""
        return self.late / self.early


def throughput_figures(letters: int = LETTERS, readers: int = READERS) -> list[Row]:
    """Run both and return the rows of figure, value, unit, bar and held."""
    folder = prepare()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    from dev.bench.load import gunicorn
    from tests.workers import MailSink, celery_worker

    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder / "templates")
        sink = MailSink()
        sink.start()
        stack.callback(sink.stop)
        worker = celery_worker(
            redis_url=os.environ["REDIS_URL"], email_url=sink.url, concurrency=WORKER_PROCESSES
        )
        stack.callback(worker.kill)
        worker.start()
        port, _process = stack.enter_context(gunicorn("minno_portal.wsgi", {}))
        written, memory, seconds = _one_by_one(letters, worker)
        wrong = _wrong(sink.accepted(), letters)
        idle = _median(port)
        _write(readers, "many", is_bulk=True)
        busy, left = _median(port), _unsent()
        rows = [
            row("Letters, a task each: written in a second", letters / written, unit="per s"),
            row("… delivered in a second", letters / seconds, unit="per s"),
            row("… twice or lost", wrong, 0, unit="letters"),
            row("… memory of a worker's process at the start", memory.early, unit="MB"),
            row("… at the end against the start", memory.growth, MOST_GROWTH, unit="×"),
            row(f"Pages during {readers} letters to many against idle, median", busy / idle,
                MOST_SLOWER, unit="×"),
            row("… letters that were still to be sent when pages had been asked", left,
                unit="letters"),
        ]  # fmt: skip
        started = time.monotonic()
        _wait_until_sent(readers)
        seconds = time.monotonic() - started
        rows.append(row("… left in a second", left / seconds, unit="per s"))
    return rows


def _one_by_one(count: int, worker: CeleryProcess) -> tuple[float, Memory, float]:
    """Write letters and have each delivered by a task; return the times and the memory."""
    started = time.monotonic()
    _write(count, "each", is_bulk=False)
    written = time.monotonic() - started
    memory = Memory()
    while left := _unsent():
        if left < count * 0.8 and not memory.early:
            memory.early = _memory(worker)
        memory.late = _memory(worker)
        time.sleep(0.5)
        if time.monotonic() - started > LONGEST_RUN:
            raise TimeoutError(f"{left} letters are still there:\n{worker.output()[-2000:]}")
    return written, memory, time.monotonic() - started


def _write(count: int, name: str, *, is_bulk: bool) -> None:
    from django.db import transaction

    from minno_portal.outbox.models import Letter
    from minno_portal.outbox.rendering import render
    from minno_portal.outbox.sender import PORTAL
    from minno_portal.outbox.services import Kind, Placeholder, Recipient, new_letter
    from minno_portal.outbox.tasks import ask_for_bulk, deliver

    kind = Kind(KIND, KIND, "", "", placeholders=(Placeholder("number", ""),))
    for first in range(0, count, AT_ONCE):
        with transaction.atomic():
            rows = []
            for number in range(first, min(first + AT_ONCE, count)):
                to = Recipient(f"{name}-{number}@example.org", LANGUAGES[number % 3])
                letter = render(kind, to=to, values=numbered(number), sender=PORTAL)
                key = f"{name}:{number}"
                row = new_letter(kind, key=key, to=to, rendered=letter, sender=PORTAL, about=None)
                row.is_bulk = is_bulk
                rows.append(row)
            for row in Letter.objects.bulk_create(rows):
                if not is_bulk:
                    deliver.delay_on_commit(row.pk)
            if is_bulk:
                ask_for_bulk()


def _unsent() -> int:
    from minno_portal.outbox.enums import State
    from minno_portal.outbox.models import Letter

    return int(Letter.objects.exclude(state=State.SENT).count())


def _wait_until_sent(count: int) -> None:
    from minno_portal.outbox.tasks import ask_for_bulk

    deadline = time.monotonic() + LONGEST_RUN
    while left := _unsent():
        # The sweep of every minute asks so, too.
        ask_for_bulk()
        time.sleep(1)
        if time.monotonic() > deadline:
            raise TimeoutError(f"{left} of {count} letters are still there")


def _memory(worker: CeleryProcess) -> float:
    """Return the resident memory of the worker's largest process, in megabytes."""
    children = psutil.Process(worker.pid).children(recursive=True)
    return max(child.memory_info().rss for child in children) / MEGABYTE


def _median(port: int) -> float:
    """Return the median time of a page, in milliseconds."""
    times = []
    for number in range(ASKED_TIMES):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        started = time.perf_counter()
        connection.request("GET", PAGES[number % len(PAGES)], headers={"Host": "127.0.0.1"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{PAGES[number % len(PAGES)]} answered {answer.status}")
        times.append((time.perf_counter() - started) * 1000)
        connection.close()
        # As people do: not without a pause.
        time.sleep(0.02)
    return statistics.median(times)


def _wrong(accepted: dict[str, int], count: int) -> int:
    return count - len(accepted) + sum(times - 1 for times in accepted.values())


if __name__ == "__main__":
    print(json.dumps(throughput_figures(*map(int, sys.argv[1:])), ensure_ascii=False, indent=1))
