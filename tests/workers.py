"""Real parts for tests: a mail server that can misbehave, a queue of its own, Celery processes.

Import the fixtures you need into a conftest.py: `mail_sink`, `smtp`, `private_queue`, `worker`.
Tests with a worker need `@pytest.mark.django_db(transaction=True)`: another process reads the rows.
"""

from __future__ import annotations

import asyncio
import email.policy
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import kombu.pools
import pytest
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session
from django.db import connection

from minno_portal import embedded
from minno_portal.celery import app
from minno_portal.queue import queue_state

Answer = Callable[[EmailMessage], str | None]
ACCEPTED = "250 OK"
# How long anything may take on a slow machine that has other work; only failures wait so long.
PATIENCE = 120.0

logging.getLogger("mail.log").setLevel(logging.WARNING)


def free_port() -> int:
    """Return a TCP port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(
    condition: Callable[[], Any], seconds: float = PATIENCE, what: str = "", *, pause: float = 0.02
) -> Any:
    """Wait until `condition()` is true and return its value; ask again after `pause` seconds.

    :raises TimeoutError: when it does not become true in time.
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(what or "the condition did not become true")
        time.sleep(pause)
    return value


class MailSink:
    """An SMTP server that keeps what it accepts, and refuses, delays or hangs up when told to.

    `answer` gets each message and returns what the server says after DATA: "250 …" keeps the
    message, "4xx …" and "5xx …" refuse it, None hangs up after having accepted it (the sender
    cannot know). `refuse_recipients` is said to RCPT. `delay` seconds pass
    with each message, half of them before and half after it is accepted.
    """

    def __init__(self, port: int = 0) -> None:
        self.port = port or free_port()
        self.messages: list[EmailMessage] = []
        self.senders: list[str] = []
        self.attempts = 0
        self.delay = 0.0
        self.refuse_recipients = ""
        self.answer: Answer = lambda _: ACCEPTED
        self._lock = threading.Lock()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """What EMAIL_URL says to send here."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Stop listening: connections are refused from now on."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    def count(self) -> int:
        """Return how many messages have been accepted."""
        with self._lock:
            return len(self.messages)

    def accepted(self) -> Counter[str]:
        """Return how many times each Message-ID has been accepted."""
        with self._lock:
            return Counter(str(message["Message-ID"]) for message in self.messages)

    def to(self, address: str) -> list[EmailMessage]:
        """Return the accepted messages to one address."""
        with self._lock:
            return [message for message in self.messages if address in str(message["To"])]

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer to RCPT TO."""
        if self.refuse_recipients:
            self.attempts += 1
            return self.refuse_recipients
        envelope.rcpt_tos.append(address)
        return ACCEPTED

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, session: Session, envelope: Envelope
    ) -> str:
        """Answer to a whole message."""
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.attempts += 1
        await asyncio.sleep(self.delay / 2)
        answer = await asyncio.to_thread(self.answer, message)
        if answer is None or answer.startswith("2"):
            with self._lock:
                self.messages.append(message)
                self.senders.append(str(envelope.mail_from))
        # A sender that is killed now cannot know that the message has been accepted.
        await asyncio.sleep(self.delay / 2)
        if answer is None:
            server.transport.close()
            return ACCEPTED
        return answer


def database_url() -> str:
    """Return the address of the database that this test process uses."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))


class CeleryProcess:
    """A Celery worker or beat as a process (with children) that can be killed."""

    def __init__(
        self, *arguments: str, is_ready: Callable[[CeleryProcess], bool], **environ: str
    ) -> None:
        self.arguments = arguments
        self.is_ready = is_ready
        self.environ = environ
        self.folder = Path(tempfile.mkdtemp(prefix="minno-celery-"))
        self.log = self.folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it is ready to work."""
        command = [sys.executable, "-m", "celery", "-A", "minno_portal", *self.arguments]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=embedded.BASE_DIR,
                env={**os.environ, "VAR_DIR": str(self.folder), **self.environ},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_until(lambda: self.is_ready(self) or self._ended())
        except TimeoutError:
            self.kill()
        assert not self._ended(), f"celery did not start:\n{self.output()}"

    @property
    def pid(self) -> int:
        """The id of the running process."""
        assert self._process
        return self._process.pid

    def output(self) -> str:
        """Return what the process has written so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def stop(self, seconds: float = PATIENCE) -> int:
        """Ask the process to end what it does and leave (SIGTERM); return its exit code."""
        assert self._process
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(seconds)
        finally:
            self.kill()

    def kill(self) -> None:
        """Kill the process and its children at once (SIGKILL)."""
        if self._process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._process = None

    def _ended(self) -> bool:
        return self._process is None or self._process.poll() is not None


def celery_worker(
    *, redis_url: str, email_url: str, concurrency: int = 2, pool: str = "prefork", **environ: str
) -> CeleryProcess:
    """Return a worker for both queues, not yet started."""
    return CeleryProcess(
        *("worker", "-Q", "mail,default", "-c", str(concurrency), "-P", pool, "-l", "INFO"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        is_ready=lambda _: _somebody_listens_to(redis_url),
        **{"REDIS_URL": redis_url, "EMAIL_URL": email_url, **environ},
    )


def celery_beat(*, redis_url: str, **environ: str) -> CeleryProcess:
    """Return the clock of the periodic tasks, not yet started."""
    return CeleryProcess(
        *("beat", "-l", "INFO"),
        is_ready=lambda process: bool([*process.folder.glob("celerybeat-schedule*")]),
        **{"REDIS_URL": redis_url, **environ},
    )


def _somebody_listens_to(redis_url: str) -> bool:
    """Whether a worker waits for tasks: the logs tell it only at some levels."""
    with redis.Redis.from_url(redis_url) as client:
        return any(other["cmd"] == "brpop" for other in client.client_list())


class PrivateQueue:
    """A Redis server that only this test process and the workers it starts use."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = redis.Redis.from_url(url)

    def flush(self) -> None:
        """Forget everything that is queued."""
        self.client.flushall()

    def waiting(self, name: str = "mail") -> int:
        """Return how many tasks wait in a queue."""
        length = self.client.llen(name)
        assert isinstance(length, int)
        return length


@contextmanager
def publishing_to(broker_url: str) -> Iterator[None]:
    """Let this process queue its tasks at another broker."""
    before = app.conf.broker_url
    _point_app_to(broker_url)
    try:
        yield
    finally:
        _point_app_to(before)


def _point_app_to(broker_url: str) -> None:
    app.conf.update(broker_url=broker_url)
    kombu.pools.reset()
    for owner, pool in ((app, "_pool"), (app.amqp, "_producer_pool")):
        setattr(owner, pool, None)
    queue_state.resume()


@pytest.fixture(scope="session")
def _private_redis() -> str:
    return embedded.start_redis(Path(tempfile.mkdtemp(prefix="minno-queue-")))


@pytest.fixture
def private_queue(_private_redis: str) -> Iterator[PrivateQueue]:
    """A queue that no other test process reads."""
    queue = PrivateQueue(_private_redis)
    queue.flush()
    with publishing_to(_private_redis.replace("unix://", "redis+socket://", 1)):
        yield queue
    queue.flush()


@pytest.fixture
def mail_sink() -> Iterator[MailSink]:
    """A real SMTP server on this machine."""
    sink = MailSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def smtp(mail_sink: MailSink, settings: Any) -> MailSink:
    """The mail server, used by this process too (Django's test mailbox is not)."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = mail_sink.port
    return mail_sink


@pytest.fixture
def worker(
    transactional_db: None, private_queue: PrivateQueue, mail_sink: MailSink
) -> Iterator[CeleryProcess]:
    """A running Celery worker that works on the test database and sends to `mail_sink`.

    It is killed after the test: a warm shutdown waits for what is queued, and a pool that is
    flooded meanwhile may never end. A test that is about leaving in peace calls `stop()`.
    """
    with ExitStack() as stack:
        process = celery_worker(
            redis_url=private_queue.url,
            email_url=mail_sink.url,
            DATABASE_URL=database_url(),
            # Files that the worker makes are read by this process.
            VAR_DIR=os.environ["VAR_DIR"],
        )
        stack.callback(process.kill)
        process.start()
        yield process
