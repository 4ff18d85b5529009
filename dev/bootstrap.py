"""Make the environment: `python3 -m dev.bootstrap demo|dev`.

Runs with a bare Python and the standard library only. Installs exactly what the lock names, with
hashes, and does nothing when the lock has not changed since.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from dev import system

OLDEST = (3, 11)
KNOWN = ("python3.13", "python3.12", "python3.11")
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
# A lock that holds everything another one does serves in its place.
SERVES = {"demo": ("demo", "dev"), "dev": ("dev",)}


def main() -> None:
    """Make or bring up to date the environment that the argument names."""
    name = sys.argv[1] if len(sys.argv) > 1 else "demo"
    _newer_python()
    install(name)
    system.ensure_pango()
    compile_messages()


def _newer_python() -> None:
    """Start again with a Python that is new enough, or say that there is none."""
    if sys.version_info >= OLDEST:
        return
    found = next((path for name in KNOWN if (path := shutil.which(name))), None)
    if found is None:
        sys.exit(
            "Python 3.11 or newer is needed, this is "
            + ".".join(str(part) for part in sys.version_info[:2])
            + ". Install one, or name one: make PYTHON=/path/to/python3.11 …"
        )
    os.execv(found, [found, "-m", "dev.bootstrap", *sys.argv[1:]])  # noqa: S606 (nobody else writes it)


def install(name: str) -> None:
    """Install the lock called `name` into .venv, unless it is there already."""
    if VENV_PYTHON.exists() and any(_stamp(lock).exists() for lock in SERVES[name]):
        return
    started = time.monotonic()
    _make_venv()
    lock = _lock(name)
    print(f"Installing what {lock.name} names …", flush=True)
    command = ["-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-compile", "--require-hashes", "--requirement", str(lock)]
    if (code := subprocess.run([VENV_PYTHON, *command], cwd=ROOT, check=False).returncode) != 0:
        sys.exit(f"pip could not install {lock.name} (it ended with {code}; its words are above).")
    for old in VENV.glob(f".locked-{name}-*"):
        old.unlink()
    _stamp(name).touch()
    print(f"Environment ready in {time.monotonic() - started:.0f} s.", flush=True)


def _lock(name: str) -> Path:
    return ROOT / f"requirements-{name}.txt"


def _stamp(name: str) -> Path:
    digest = hashlib.sha256(_lock(name).read_bytes()).hexdigest()[:16]
    return VENV / f".locked-{name}-{digest}"


def _make_venv() -> None:
    """Make .venv with pip in it; an older one is used if its Python still runs."""
    if _runs(VENV_PYTHON, "import pip"):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    if not _runs(Path(sys.executable), "import venv, ensurepip"):
        system.ensure(system.VENV, is_there=False)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def _runs(python: Path, code: str) -> bool:
    if not python.exists():
        return False
    done = subprocess.run(
        [python, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


def compile_messages() -> None:
    """Write the .mo files that are older than their .po."""
    sources = list((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if any(_is_stale(source) for source in sources):
        subprocess.run([VENV_PYTHON, "-m", "dev.messages", "compile"], cwd=ROOT, check=True)


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    main()
