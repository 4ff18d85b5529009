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
from dataclasses import dataclass
from pathlib import Path

import psutil

ROUNDS = 20
WARM_UP = 6
AT_ONCE = 4
# A batch takes about so many seconds: the speed of a shared machine changes faster than one thinks.
SECONDS = 0.06
FEWEST, MOST = 3, 60


@dataclass(frozen=True, slots=True)
class Ask:
    """A page of one server, and who asks for it."""

    port: int
    server: psutil.Process
    path: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs: CPU of each round and times in milliseconds, the body in bytes."""

    cpus: tuple[float, ...]
    median: float
    p95: float
    median_of_4: float
    p95_of_4: float
    size: int

    @property
    def cpu(self) -> float:
        """The CPU of the middle round."""
        return statistics.median(self.cpus)

    def against(self, other: Cost) -> float:
        """Return the CPU as a multiple of the other's, the middle one of the rounds of both."""
        return statistics.median(
            mine / theirs for mine, theirs in zip(self.cpus, other.cpus, strict=True)
        )


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


def measure(asks: Sequence[Ask]) -> list[Cost]:
    """Ask for each in turns, a short batch a turn: whatever slows the machine slows them all.

    :raises AssertionError: when a page does not answer 200.
    """
    wanted = [_requests(ask) for ask in asks]
    alone: list[list[float]] = [[] for _ in asks]
    cpus: list[list[float]] = [[] for _ in asks]
    for _ in range(ROUNDS):
        for ask, requests, times, cpu in zip(asks, wanted, alone, cpus, strict=True):
            before = _cpu(ask.server)
            times.extend(_times(ask, requests))
            cpu.append((_cpu(ask.server) - before) / requests * 1000)
    return [
        _cost(ask, requests, times, cpu)
        for ask, requests, times, cpu in zip(asks, wanted, alone, cpus, strict=True)
    ]


def _requests(ask: Ask) -> int:
    """Return how many requests a batch takes; wakes both workers first."""
    _together(ask, WARM_UP)
    warm = statistics.median(_times(ask, WARM_UP))
    return max(FEWEST, min(MOST, int(SECONDS * 1000 / warm)))


def _cost(ask: Ask, requests: int, alone: list[float], cpus: list[float]) -> Cost:
    together = _together(ask, requests * ROUNDS // (AT_ONCE * AT_ONCE))
    return Cost(
        cpus=tuple(cpus),
        median=statistics.median(alone),
        p95=_p95(alone),
        median_of_4=statistics.median(together),
        p95_of_4=_p95(together),
        size=_size(ask),
    )


def _together(ask: Ask, requests: int) -> list[float]:
    """Return how long requests took while four asked at once, each so many times."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [pool.submit(_times, ask, requests) for _ in range(AT_ONCE)]
        return [value for job in jobs for value in job.result()]


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each number of several measurements of the same page."""
    return Cost(
        cpus=tuple(cpu for cost in costs for cpu in cost.cpus),
        median=statistics.median(cost.median for cost in costs),
        p95=statistics.median(cost.p95 for cost in costs),
        median_of_4=statistics.median(cost.median_of_4 for cost in costs),
        p95_of_4=statistics.median(cost.p95_of_4 for cost in costs),
        size=costs[0].size,
    )


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _cpu(server: psutil.Process) -> float:
    """Return the CPU seconds that the server's workers have used."""
    return sum(_cpu_of(worker) for worker in server.children(recursive=True))


def _cpu_of(worker: psutil.Process) -> float:
    """Return a process's CPU seconds; Linux tells the nanoseconds of each thread apart only."""
    threads = list(Path(f"/proc/{worker.pid}/task").glob("*/schedstat"))
    if threads:
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9
    times = worker.cpu_times()
    return float(times.user + times.system)


def _request(connection: http.client.HTTPConnection, ask: Ask) -> bytes:
    headers = {"Cookie": ask.cookie} if ask.cookie else {}
    connection.request("GET", ask.path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != http.HTTPStatus.OK:
        raise AssertionError(f"{ask.path} answered {response.status}")
    return body


def _times(ask: Ask, requests: int) -> list[float]:
    """Return how long each request took, in milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", ask.port, timeout=30)
    found = []
    for _ in range(requests):
        started = time.perf_counter()
        _request(connection, ask)
        found.append((time.perf_counter() - started) * 1000)
    connection.close()
    return found


def _size(ask: Ask) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", ask.port, timeout=30)
    try:
        return len(_request(connection, ask))
    finally:
        connection.close()
