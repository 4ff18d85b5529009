"""An unreachable queue must neither break nor slow down the page that causes a letter."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from celery import shared_task

from minno_portal.queue import queue_state
from tests.workers import PrivateQueue, _private_redis, free_port, private_queue, publishing_to  # noqa: F401


@shared_task(name="tests.nothing", ignore_result=True)
def nothing(number: int) -> None:
    """Do nothing: no worker ever runs this."""


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where nobody answers: connections are taken, nothing is ever said."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield server.getsockname()[1]


@pytest.fixture(autouse=True)
def _resume() -> Iterator[None]:
    yield
    queue_state.resume()


@pytest.mark.django_db(transaction=True)
def test_a_refused_connection_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    with publishing_to(f"redis://127.0.0.1:{free_port()}/0"):
        start = time.monotonic()
        for number in range(200):
            nothing.delay_on_commit(number)
        assert time.monotonic() - start < 5.0
    assert caplog.text.count("the queue cannot be reached, tests.nothing waits") == 1


@pytest.mark.django_db(transaction=True)
def test_a_silent_server_is_waited_for_once(silent_port: int) -> None:
    with publishing_to(f"redis://127.0.0.1:{silent_port}/0"):
        start = time.monotonic()
        for number in range(200):
            nothing.delay_on_commit(number)
        assert time.monotonic() - start < 30.0


@pytest.mark.django_db(transaction=True)
def test_the_queue_is_used_again_after_the_pause(
    private_queue: PrivateQueue,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue_state.pause()
    nothing.delay_on_commit(1)
    assert private_queue.waiting("default") == 0
    moment = time.monotonic() + 10
    monkeypatch.setattr("minno_portal.queue.time.monotonic", lambda: moment)
    nothing.delay_on_commit(2)
    assert private_queue.waiting("default") == 1
