"""The embedded servers: shared by processes of one folder, stopped by the last one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from minno_portal import embedded

JOIN = """
import sys
from pathlib import Path
from minno_portal import embedded
print(embedded.start_redis(Path(sys.argv[1])), flush=True)
sys.stdin.readline()
"""


class Guest:
    """Another process that uses the Redis of a folder until it is told to leave."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", JOIN, str(folder)],
            cwd=embedded.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate("bye\n", timeout=120)
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=120)


def answers(url: str) -> bool:
    with redis.Redis.from_url(url) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False


def test_the_last_process_to_leave_stops_redis(tmp_path: Path) -> None:
    first, second = Guest(tmp_path / "redis"), Guest(tmp_path / "redis")
    assert first.url == second.url
    first.leave()
    assert answers(second.url)
    second.leave()
    assert not answers(second.url)


def test_a_killed_process_does_not_keep_redis_alive(tmp_path: Path) -> None:
    first = Guest(tmp_path / "redis")
    first.kill()
    assert answers(first.url)
    second = Guest(tmp_path / "redis")
    second.leave()
    assert not answers(second.url)


def test_redis_that_cannot_start_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "redis.log").mkdir()
    with pytest.raises(embedded.EmbeddedFailed, match=r"did not start; its log is .*redis\.log"):
        embedded.start_redis(tmp_path)


def test_given_addresses_are_left_alone(tmp_path: Path) -> None:
    given = {"DATABASE_URL": "postgres://x/y", "REDIS_URL": "redis://z", "VAR_DIR": str(tmp_path)}
    environ = dict(given)
    embedded.provide(environ)
    assert environ == given
    assert list(tmp_path.iterdir()) == []


def test_the_dead_are_forgotten(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    file = tmp_path / "users.json"
    file.write_text(json.dumps([gone.pid, os.getpid()]))
    assert embedded._forget_the_dead(file) == [os.getpid()]
    assert json.loads(file.read_text()) == [os.getpid()]


def test_the_pid_file_of_a_killed_postgres_is_removed(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    file = tmp_path / "postmaster.pid"
    file.write_text(f"{gone.pid}\n{tmp_path}\n")
    embedded._forget_dead_postmaster(file)
    assert not file.exists()
    file.write_text(f"{os.getpid()}\n{tmp_path}\n")
    embedded._forget_dead_postmaster(file)
    assert file.exists()


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    assert embedded.short_socket(Path("/var/x/redis.sock")) == Path("/var/x/redis.sock")
    long = tmp_path / ("a" * 100) / "redis.sock"
    short = embedded.short_socket(long)
    assert len(os.fsencode(short)) <= embedded.LONGEST_SOCKET_PATH
    assert (
        short == embedded.short_socket(long) != embedded.short_socket(long.parent / "b.sock" / "c")
    )
    assert short.parent.stat().st_mode & 0o077 == 0
