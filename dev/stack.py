"""Run the whole portal on this machine: `python -m dev.stack demo|run`.

Starts PostgreSQL, Redis, a mailbox, web and a worker with the clock (beat); stops all of them.
"""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from dev.bootstrap import ROOT
from dev.mailbox import HOST, Mailbox
from dev.prepare import is_prepared
from dev.running import Running
from dev.system import library_environ
from minno_portal import embedded

# Web must answer within this; a slow machine's first start of Python is the worst case.
SECONDS_TO_READY = 90
SECONDS_TO_STOP = 15
WORKER_OPTIONS = (
    "-Q",
    "default,mail",
    "-c",
    "1",
    "-l",
    "WARNING",
    "--without-gossip",
    "--without-mingle",
    # The clock runs beside the worker, whose memory it shares: alone it takes as much as a worker.
    "--beat",
)
# The sample year's worker may run as root on a throw-away machine: nothing to say about it.
PYTHON_WARNINGS = "ignore:You're running the worker with superuser privileges"
PEOPLE = ("coordinator", "association", "other-association", "staff", "admin")


class CannotStart(Exception):
    """Something is in the way; the message says what, and what to do."""


@dataclass
class Stack:
    """The processes of one portal, in the order in which they start."""

    environ: dict[str, str]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self, name: str, *command: str) -> None:
        """Start `command` with this Python, in a session of its own: only the stack stops it."""
        self.children[name] = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.environ, start_new_session=True
        )

    def prepare(self, *options: str) -> None:
        """Run the preparation to its end, unless it has nothing to do.

        :raises CannotStart: when it fails.
        """
        if is_prepared(Path(self.environ["VAR_DIR"])):
            return
        self.start("preparation", "-m", "dev.prepare", *options)
        child = self.children["preparation"]
        while child.poll() is None:
            if self.stopping.wait(0.05):
                return
        del self.children["preparation"]
        if child.returncode != 0:
            raise CannotStart(f"The preparation failed (it ended with {child.returncode}).")

    def wait_until_ready(self, port: int) -> None:
        """Wait until the portal says that it is ready.

        :raises CannotStart: when a process ends or time runs out.
        """
        deadline = time.monotonic() + SECONDS_TO_READY
        while not self.stopping.is_set():
            self.look_for_the_dead()
            status, words = ask(port, "/healthz/ready")
            if status == http.client.OK:
                return
            if time.monotonic() > deadline:
                raise CannotStart(f"The portal was not ready in {SECONDS_TO_READY} s: {words}")
            self.stopping.wait(0.1)

    def watch(self) -> None:
        """Wait until somebody stops the stack.

        :raises CannotStart: when a process ends by itself.
        """
        while not self.stopping.wait(0.5):
            self.look_for_the_dead()

    def look_for_the_dead(self) -> None:
        """Raise CannotStart when a process has ended by itself."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise CannotStart(
                    f"The {name} process ended by itself (with {child.returncode}); "
                    "everything else is being stopped."
                )

    def stop(self) -> None:
        """Ask every process to end, then make it."""
        for child in reversed(self.children.values()):
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def ask(port: int, path: str) -> tuple[int, str]:
    """Return the status and body of a page of the portal, or 0 while nobody answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode(errors="replace")
    except OSError as error:
        return 0, str(error)
    finally:
        connection.close()


def main() -> None:
    """Run the portal that the argument names until somebody stops it."""
    is_demo = sys.argv[1:2] == ["demo"]
    started = time.monotonic()
    try:
        var = data_folder(is_demo=is_demo)
        with ExitStack() as stack:
            stack.enter_context(Running(var))
            port = chosen_port()
            run(stack, environment(var, port, is_demo=is_demo), port, started)
    except Running.Already as error:
        sys.exit(f"{error} Stop that one first, or use another folder: VAR_DIR=/tmp/minno make …")
    except (CannotStart, embedded.EmbeddedFailed, embedded.EmbeddedMissing) as error:
        sys.exit(str(error))


def run(cleanup: ExitStack, environ: dict[str, str], port: int, started: float) -> None:
    """Start everything, say so, and wait; `cleanup` stops what was started, the last first."""
    stack = Stack(environ)
    _stop_on_signals(stack)
    os.environ.update(environ)
    embedded.provide(os.environ)
    environ.update(os.environ)
    if not environ.get("EMAIL_URL"):
        mailbox = Mailbox(Path(environ["VAR_DIR"]) / "mail")
        mailbox.start()
        cleanup.callback(mailbox.stop)
        environ["EMAIL_URL"] = mailbox.url
    cleanup.callback(stack.stop)
    is_demo = environ.get("DEMO") == "1"
    stack.prepare(*(["--sample-year"] if is_demo else []))
    if stack.stopping.is_set():
        return
    celery = ("-m", "celery", "-A", "minno_portal", "--quiet")
    stack.start("web", "-m", "gunicorn", "minno_portal.wsgi")
    stack.wait_until_ready(port)
    stack.start("worker", *celery, "worker", *WORKER_OPTIONS)
    if not stack.stopping.is_set():
        print(welcome(port, environ, time.monotonic() - started), flush=True)
        stack.watch()
    print("Stopping …", flush=True)


def _stop_on_signals(stack: Stack) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        stack.stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def chosen_port() -> int:
    """Return the port that PORT names, if it is free.

    :raises CannotStart: when it is no port or in use.
    """
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:  # noqa: PLR2004
        raise CannotStart(f"PORT={text} is not a port: give a number between 1 and 65535.")
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except PermissionError as error:
            raise CannotStart(f"Port {text} needs more rights: try PORT=8000.") from error
        except OSError as error:
            raise CannotStart(
                f"Port {text} is in use by another program. "
                f"Stop that one, or choose another port: PORT={int(text) + 1} make …"
            ) from error
    return int(text)


def data_folder(*, is_demo: bool) -> Path:
    """Return the folder of this portal's data: a real start never mixes with the demo's."""
    var = embedded.var_dir(os.environ)
    return var if is_demo else var / "run"


def environment(var: Path, port: int, *, is_demo: bool) -> dict[str, str]:
    """Return the environment that every process of the portal gets."""
    var.mkdir(parents=True, exist_ok=True)
    environ = {**os.environ, **library_environ()}
    environ.update(
        VAR_DIR=str(var),
        SITE_URL=f"http://{HOST}:{port}",
        BIND=f"{HOST}:{port}",
        DJANGO_SETTINGS_MODULE="minno_portal.settings",
        LOG_LEVEL=os.environ.get("LOG_LEVEL", "WARNING"),
        DEMO="1" if is_demo else "0",
        PYTHONWARNINGS=os.environ.get("PYTHONWARNINGS", PYTHON_WARNINGS),
    )
    environ.setdefault("SECRET_KEY", secret_key(var))
    if is_demo:
        environ["REQUIRE_SECOND_FACTOR"] = "0"
    return environ


def secret_key(var: Path) -> str:
    """Return the key kept in `var`, made when missing."""
    file = var / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def welcome(port: int, environ: dict[str, str], seconds: float) -> str:
    """Return what is printed when the portal is ready."""
    address = f"http://{HOST}:{port}"
    lines = ["", f"  The portal is ready ({seconds:.1f} s):  {address}/", ""]
    if environ.get("DEMO") == "1":
        lines += [f"  Enter as any of its people at  {address}/demo/", f"    {', '.join(PEOPLE)}"]
        lines += ["  The mail that the portal has sent is shown there too."]
    else:
        lines += ["  The partnership and its first coordinator, typed in another window:"]
        manage = f"    VAR_DIR={environ['VAR_DIR']} {_shown_python()} manage.py"
        sides = "--coordinator NAME --institution NAME --reply-to EMAIL"
        lines += [f"{manage} create_partnership {sides}"]
        lines += [f"{manage} create_coordinator EMAIL --organisation NAME"]
        lines += [f"  Letters are kept in {environ['VAR_DIR']}/mail."]
    return "\n".join([*lines, "", "  Ctrl-C stops it.", ""])


def _shown_python() -> str:
    python = Path(sys.executable)
    return str(python.relative_to(ROOT)) if python.is_relative_to(ROOT) else str(python)


if __name__ == "__main__":
    main()
