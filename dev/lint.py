"""Every check that is not a test: `python -m dev.lint [--fix]`. All of them run, whatever fails."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from dev import without_servers
from dev.bootstrap import ROOT, VENV

BIN = VENV / "bin"
CONCISE = ("--output-format", "concise")


@dataclass(frozen=True)
class Check:
    """One tool's run: its name as printed, and its command."""

    name: str
    command: tuple[str, ...]

    def run(self) -> tuple[Check, bool, str, float]:
        """Return this check, whether it passed, what it printed, and how long it took."""
        started = time.monotonic()
        done = subprocess.run(
            self.command,
            cwd=ROOT,
            env=without_servers.environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return self, done.returncode == 0, done.stdout.strip(), time.monotonic() - started


def _templates(*options: str) -> tuple[str, ...]:
    """Return djade's command for every template of pages."""
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    return _tool("djade", "--target-version", "5.2", *options, *files)


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


# The slowest first, so that two at a time end together.
CHECKS = (
    Check("types (mypy)", _tool("mypy")),
    Check("texts in Finnish and Swedish", _python("-m", "dev.messages", "check")),
    Check(
        "no missing migration",
        # The database is not asked: without one Django would only warn that it cannot be.
        _python(
            "-W", "ignore::RuntimeWarning", "-m", "django", "makemigrations", "--check", "--dry-run"
        ),
    ),
    Check(
        "settings fit for production",
        _python("-m", "django", "check", "--deploy", "--fail-level", "WARNING"),
    ),
    Check("code (ruff)", _tool("ruff", "check", *CONCISE)),
    Check("format of code (ruff)", _tool("ruff", "format", "--check", *CONCISE)),
    Check("format of templates (djade)", _templates("--check")),
    Check("layers (import-linter)", _tool("lint-imports")),
)
FIXES = (
    Check("code (ruff)", _tool("ruff", "check", "--fix", "--quiet")),
    Check("format of code (ruff)", _tool("ruff", "format", "--quiet")),
    Check("format of templates (djade)", _templates()),
)


def main() -> int:
    """Run the checks, or the fixes; return the exit code."""
    if "--fix" in sys.argv:
        return report([check.run() for check in FIXES])
    with ThreadPoolExecutor(max_workers=2) as pool:
        return report(list(pool.map(Check.run, CHECKS)))


def report(results: list[tuple[Check, bool, str, float]]) -> int:
    """Print one line a check, with the words of those that failed; return the exit code."""
    for check, passed, words, seconds in results:
        print(f"{'ok    ' if passed else 'FAILED'}  {check.name} ({seconds:.0f} s)")
        if not passed:
            print("\n".join(f"        {line}" for line in words.splitlines()))
    failed = sum(not passed for _, passed, _, _ in results)
    if failed:
        print(f"{failed} of {len(results)} checks failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
