"""Locks, bootstrap and system packages."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from dev import bootstrap, reset, system
from dev.bootstrap import ROOT
from dev.lock import LOCKS
from dev.running import Running

PIN = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / name).read_text()))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    blocks = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(blocks) == len(pins(name))
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_locks_agree() -> None:
    production, demo, dev = (pins(f"requirements{part}.txt") for part in ("", "-demo", "-dev"))
    assert production.items() < demo.items() < dev.items()


def test_what_the_project_names_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    named = {
        "requirements.txt": project["dependencies"],
        "requirements-demo.txt": extras["embedded"],
        "requirements-dev.txt": extras["dev"],
    }
    for lock, requirements in named.items():
        names = {re.split(r"[^a-zA-Z0-9_.-]", line)[0].lower() for line in requirements}
        assert names <= pins(lock).keys()


def test_nothing_is_installed_while_the_lock_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **more: object) -> None:
        raise AssertionError("nothing may be run")

    lock = tmp_path / "requirements-dev.txt"
    lock.write_text("a==1")
    (tmp_path / "requirements-demo.txt").write_text("a==1")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", python)
    monkeypatch.setattr(bootstrap.subprocess, "run", refuse)
    bootstrap._stamp("dev").touch()
    bootstrap.install("dev")
    bootstrap.install("demo")
    lock.write_text("a==2")
    with pytest.raises(AssertionError, match="nothing may be run"):
        bootstrap.install("dev")


def test_what_cannot_be_installed_is_said_in_words_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "can_apt", lambda: False)
    monkeypatch.setattr(system.sys, "platform", "linux")
    with pytest.raises(system.Missing, match=r"sudo apt-get install libpango-1\.0-0 "):
        system.ensure(system.PANGO, is_there=False)
    monkeypatch.setattr(system.sys, "platform", "darwin")
    with pytest.raises(system.Missing, match="brew install pango"):
        system.ensure(system.PANGO, is_there=False)


def test_the_named_chromium_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = shutil.which("sh")
    assert shell
    monkeypatch.setenv("CHROMIUM_PATH", shell)
    assert system.ensure_chromium() == shell
    monkeypatch.setenv("CHROMIUM_PATH", "/nowhere/chromium")
    with pytest.raises(system.Missing, match="CHROMIUM_PATH names /nowhere/chromium"):
        system.ensure_chromium()


def test_a_reset_keeps_what_is_not_the_demos(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("postgres", "mail", "run", "test"):
        (tmp_path / name).mkdir()
    (tmp_path / "figures.json").touch()
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    with Running(tmp_path), pytest.raises(SystemExit, match="already runs"):
        reset.main()
    assert (tmp_path / "postgres").exists()
    reset.main()
    assert {path.name for path in tmp_path.iterdir()} == {"run", "test", "figures.json"}
