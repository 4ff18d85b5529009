"""How fast the demo is ready and how much memory its processes take together."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import psutil

from dev.bench.load import free_port
from dev.bootstrap import ROOT
from dev.rows import Row, row

FIRST_BAR_SECONDS = 120.0
AGAIN_BAR_SECONDS = 10.0
MEMORY_BAR_MB = 700.0
VISITS = 5
SECONDS_FOR_A_REPORT = 8.0


def stack_figures() -> list[Row]:
    """Start the demo twice on a folder of its own and look at it."""
    with tempfile.TemporaryDirectory(prefix="minno-stack-") as folder:
        first, _ = _start_and_weigh(Path(folder))
        again, memory = _start_and_weigh(Path(folder))
    return [
        row("demo ready, first start (environment there)", first, FIRST_BAR_SECONDS, unit="s"),
        row("demo ready, later start", again, AGAIN_BAR_SECONDS, unit="s"),
        row("memory of the demo's stack (PSS)", memory, MEMORY_BAR_MB, unit="MB"),
    ]


def _start_and_weigh(folder: Path) -> tuple[float, float]:
    port = free_port()
    environ = {**os.environ, "VAR_DIR": str(folder), "PORT": str(port)}
    for name in ("DATABASE_URL", "REDIS_URL", "EMBEDDED_DATABASE"):
        environ.pop(name, None)
    started = time.monotonic()
    stack = subprocess.Popen([sys.executable, "-m", "dev.stack", "demo"], cwd=ROOT, env=environ)
    try:
        _wait_until_ready(port, stack)
        seconds = time.monotonic() - started
        _work(f"http://127.0.0.1:{port}")
        return seconds, _memory(folder, stack)
    finally:
        stack.send_signal(signal.SIGTERM)
        stack.wait(timeout=40)


def _wait_until_ready(port: int, stack: subprocess.Popen[bytes]) -> None:
    while stack.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/ready", timeout=5)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the demo ended before it was ready")


def _work(address: str) -> None:
    """Use the portal as a coordinator does, so that its processes have loaded what they need."""
    cookies = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))

    def press(path: str, **fields: str) -> None:
        fields["csrfmiddlewaretoken"] = next(
            cookie.value or "" for cookie in cookies if cookie.name == "csrftoken"
        )
        browser.open(f"{address}{path}", urlencode(fields).encode(), timeout=60).read()

    browser.open(f"{address}/demo/", timeout=60).read()
    press("/demo/become/coordinator/")
    rounds = browser.open(f"{address}/manage/rounds/", timeout=60).read().decode()
    working = sorted(set(re.findall(r"/manage/rounds/minno-[0-9-]+/", rounds)))
    for _ in range(VISITS):
        for round_ in working:
            for page in ("", "challenges/", "selection/", "feedback/", "report/"):
                browser.open(f"{address}{round_}{page}", timeout=60).read()
    press(f"{working[0]}report/start/", language="fi")
    time.sleep(SECONDS_FOR_A_REPORT)


def _memory(folder: Path, stack: subprocess.Popen[bytes]) -> float:
    """Return the proportional set size, in MB, of everything that runs for the demo."""
    mine = psutil.Process(stack.pid)
    family = {process.pid: process for process in (mine, *mine.children(recursive=True))}
    for process in psutil.process_iter(["name", "cmdline"]):
        words = " ".join(process.info["cmdline"] or [])
        if str(folder) in words:
            for one in (process, *process.children(recursive=True)):
                family[one.pid] = one
    return sum(process.memory_full_info().pss for process in family.values()) / 1e6


if __name__ == "__main__":
    print(stack_figures())
