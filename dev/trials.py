"""Figures that the tests of journeys and of hostile inputs bring."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from dev.bootstrap import ROOT
from dev.system import ensure_chromium

Row = dict[str, Any]

JOURNEYS = ("tests/journeys/test_writing.py", "tests/journeys/test_new_round.py")
HOSTILE = (
    "tests/test_hostile_inputs.py",
    "tests/rounds/challenges/attachments",
    "tests/organisations/register",
)
FEWEST_HOSTILE = 300
SUMMARY = re.compile(r"(\d+) (passed|failed|error)")
INPUTS = re.compile(r"(\d+) inputs")


def journey_figures() -> list[Row]:
    """Walk the journeys of writing and of a new round in Chromium; return what they cost."""
    with tempfile.TemporaryDirectory() as folder:
        printed = _pytest(folder, *JOURNEYS)
        kept = Path(folder) / "journeys.json"
        told = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    rows = [_failures("journeys in Chromium that fail", printed)]
    for name, cost in told.items():
        rows.append(_row(f"{name}: pages", cost["pages"], "pages", cost["most_pages"]))
        rows.append(_row(f"{name}: required inputs", cost["inputs"], "inputs", cost["most_inputs"]))
        rows.append(_row(f"{name}: keystrokes", cost["keystrokes"], "keys", None))
    return rows


def hostile_figures() -> list[Row]:
    """Give every form, address, upload and import odd and hostile inputs; count what fails."""
    with tempfile.TemporaryDirectory() as folder:
        printed = _pytest(folder, *HOSTILE)
    tried = sum(int(count) for count in INPUTS.findall(printed)) + _counts(printed)["passed"]
    row = _row("odd and hostile inputs tried", tried, "inputs", None)
    row["bar"], row["held"] = FEWEST_HOSTILE, tried >= FEWEST_HOSTILE
    return [row, _failures("odd and hostile inputs that break something", printed)]


def _pytest(folder: str, *paths: str) -> str:
    command = [sys.executable, "-m", "pytest", "-s", "-rN", "-p", "no:cacheprovider", "--tb=short"]
    environ = {
        **os.environ,
        "VAR_DIR": folder,
        "CHROMIUM_PATH": str(ensure_chromium()),
        "EVERY_INPUT": "1",
        "JOURNEYS_FILE": str(Path(folder) / "journeys.json"),
    }
    done = subprocess.run(
        [*command, "-o", "addopts=-p tests.services", *paths],
        cwd=ROOT,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
    )
    print(done.stdout[-4000:] if done.returncode else "")
    return done.stdout


def _counts(printed: str) -> dict[str, int]:
    last = printed.strip().splitlines()[-1] if printed.strip() else ""
    found = {word: int(number) for number, word in SUMMARY.findall(last)}
    return {"passed": 0, "failed": 0, "error": 0, **found}


def _failures(figure: str, printed: str) -> Row:
    counts = _counts(printed)
    # Nothing run is as bad as something failed.
    failed = counts["failed"] + counts["error"] + (counts["passed"] == 0)
    return _row(figure, failed, "", 0)


def _row(figure: str, value: float, unit: str, bar: float | None) -> Row:
    held = bar is None or value <= bar
    return {"figure": figure, "value": value, "unit": unit, "bar": bar, "held": held}
