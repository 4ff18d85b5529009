"""The whole portal as `make run` starts it: real processes, on a folder and a port of their own."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from mailbox import Maildir
from pathlib import Path

import psutil
import pytest

from dev.bootstrap import ROOT
from dev.mailbox import Mailbox, free_port
from dev.running import Running
from tests.workers import PATIENCE

pytestmark = pytest.mark.faults

OURS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "EMBEDDED_DATABASE", "REQUIRE_SECOND_FACTOR")


def start(var: Path, port: int) -> subprocess.Popen[str]:
    environ = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.Popen(
        [sys.executable, "-m", "dev.stack", "run"],
        cwd=ROOT,
        env={**environ, "VAR_DIR": str(var), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def on_folder(var: Path) -> list[psutil.Process]:
    """Every living process whose command or environment names the folder."""
    found = []
    for process in psutil.process_iter():
        try:
            named = str(var) in " ".join(process.cmdline())
            named = named or process.environ().get("VAR_DIR", "").startswith(str(var))
            if named and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stack")


@pytest.fixture
def portal(var: Path) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """The running portal: its process, its port, and what it has printed."""
    port = free_port()
    process = start(var, port)
    printed = ""
    assert process.stdout
    while "Ctrl-C" not in printed:
        line = process.stdout.readline()
        assert line, printed
        printed += line
    yield process, port, printed
    process.terminate()
    process.communicate(timeout=PATIENCE)


def test_it_serves_says_how_to_begin_and_leaves_nothing_behind(
    portal: tuple[subprocess.Popen[str], int, str], var: Path
) -> None:
    process, port, printed = portal
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/ready") as answer:
        assert json.load(answer)["status"] == "ok"
    assert f"http://127.0.0.1:{port}/" in printed
    assert "create_coordinator" in printed
    assert "/demo/" not in printed
    again = start(var, free_port())
    assert "already runs on" in again.communicate(timeout=PATIENCE)[0]
    assert again.returncode == 1
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert on_folder(var) == []


def test_when_a_process_dies_everything_stops(
    portal: tuple[subprocess.Popen[str], int, str], var: Path
) -> None:
    process, _, _ = portal
    workers = [
        child
        for child in psutil.Process(process.pid).children()
        if "worker" in child.cmdline() and "celery" in child.cmdline()
    ]
    assert len(workers) == 1
    workers[0].kill()
    words = process.communicate(timeout=PATIENCE)[0]
    assert "The worker process ended by itself (with -9)" in words
    assert process.returncode == 1
    deadline = time.monotonic() + PATIENCE
    while on_folder(var) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert on_folder(var) == []


def test_a_port_in_use_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        process = start(tmp_path, port)
        words = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 1
    assert words.count("\n") == 1
    assert f"Port {port} is in use" in words
    assert not (tmp_path / "run" / "postgres").exists()


def test_a_port_that_is_none_is_told(tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "dev.stack", "run"],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path), "PORT": "http"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, "PORT=http is not a port" in process.stderr) == (1, True)


def test_the_lock_goes_with_its_holder(tmp_path: Path) -> None:
    with Running(tmp_path), pytest.raises(Running.Already), Running(tmp_path):
        pass
    with Running(tmp_path):
        pass


def test_the_mailbox_keeps_letters_with_their_envelope(tmp_path: Path) -> None:
    box = Mailbox(tmp_path / "mail")
    box.start()
    try:
        letter = EmailMessage()
        letter["Subject"] = "Päätös"
        letter["To"] = "Yhdyshenkilö <contact@example.org>"
        letter.set_content("Hyvä yhdyshenkilö")
        with smtplib.SMTP("127.0.0.1", box.port) as server:
            server.send_message(letter, "minno@example.org", ["contact@example.org"])
    finally:
        box.stop()
    (kept,) = Maildir(str(tmp_path / "mail"))
    assert kept["X-Envelope-To"] == "contact@example.org"
    assert "Hyvä" in kept.get_payload(decode=True).decode()  # type: ignore[union-attr]
