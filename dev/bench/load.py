"""Sends requests to a server on this machine and looks at what they cost its workers."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields

import psutil

WARM_UP = 20
BATCHES = 3
# Enough requests for about so many seconds: the kernel counts a worker's CPU in steps of 10 ms.
SECONDS = 0.5
FEWEST, MOST = 24, 400


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs: CPU and times in milliseconds, the body in bytes."""

    cpu: float
    median: float
    p95: float
    median_of_4: float
    p95_of_4: float
    size: int


def free_port() -> int:
    """Return a port on the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def gunicorn(application: str, environ: Mapping[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """Run gunicorn with two workers; give its port and process."""
    port = free_port()
    command = [
        sys.executable,
        *("-m", "gunicorn", application),
        *("--bind", f"127.0.0.1:{port}"),
        *("--workers", "2", "--threads", "4", "--worker-class", "gthread"),
        # A worker that is replaced in the middle would take its count of CPU time with it.
        *("--max-requests", "0"),
        *("--log-level", "error"),
    ]
    process = subprocess.Popen(command, env={**os.environ, **environ})
    try:
        _wait(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _wait(port: int, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}")


def measure(port: int, server: psutil.Process, path: str, cookie: str) -> Cost:
    """Ask for `path` one at a time and four at a time.

    :raises AssertionError: when the page does not answer 200.
    """
    warm = statistics.median(_times(port, path, cookie, WARM_UP))
    requests = max(FEWEST, min(MOST, int(SECONDS * 1000 / warm)))
    alone: list[float] = []
    cpus = []
    for _ in range(BATCHES):
        before = _cpu(server)
        alone += _times(port, path, cookie, requests)
        cpus.append((_cpu(server) - before) / requests * 1000)
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(_times, port, path, cookie, requests // 4) for _ in range(4)]
        together = [value for job in jobs for value in job.result()]
    return Cost(
        # What else the machine does only ever adds, to the floor as to every page.
        cpu=min(cpus),
        median=statistics.median(alone),
        p95=_p95(alone),
        median_of_4=statistics.median(together),
        p95_of_4=_p95(together),
        size=_size(port, path, cookie),
    )


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each number of several measurements of the same page."""
    return Cost(
        **{
            field.name: statistics.median(getattr(cost, field.name) for cost in costs)
            for field in fields(Cost)
        }
    )


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _cpu(server: psutil.Process) -> float:
    """Return the CPU seconds that the server's workers have used."""
    return sum(
        times.user + times.system
        for times in (worker.cpu_times() for worker in server.children(recursive=True))
    )


def _request(connection: http.client.HTTPConnection, path: str, cookie: str) -> bytes:
    headers = {"Cookie": cookie} if cookie else {}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != http.HTTPStatus.OK:
        raise AssertionError(f"{path} answered {response.status}")
    return body


def _times(port: int, path: str, cookie: str, requests: int) -> list[float]:
    """Return how long each request took, in milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    found = []
    for _ in range(requests):
        started = time.perf_counter()
        _request(connection, path, cookie)
        found.append((time.perf_counter() - started) * 1000)
    connection.close()
    return found


def _size(port: int, path: str, cookie: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        return len(_request(connection, path, cookie))
    finally:
        connection.close()
