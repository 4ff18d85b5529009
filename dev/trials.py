"""Figures that the tests of journeys and of hostile inputs bring."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from dev.bootstrap import ROOT
from dev.rows import Row, row
from dev.system import ensure_chromium

JOURNEYS = (
    "tests/journeys/test_writing.py",
    "tests/journeys/test_new_round.py",
    "tests/journeys/test_cut_upload.py",
    "tests/journeys/test_helping.py",
    "tests/journeys/test_selecting.py",
)
CAMPAIGN = "tests/journeys/test_campaign.py"
# The members of the umbrella.
CAMPAIGN_READERS = "234"
COUNTED = ("pages", "inputs", "clicks", "keystrokes")
HOSTILE = (
    "tests/test_hostile_inputs.py",
    "tests/rounds/challenges/attachments/test_checking.py",
    "tests/organisations/register/importing",
)
FEWEST_HOSTILE = 300
FEWEST_SEQUENCES, AT_ONCE, STEP_BY_STEP = 2000, "2000", "300"
SUMMARY = re.compile(r"(\d+) (passed|failed|error)")
INPUTS = re.compile(r"(\d+) inputs")
SEQUENCES = re.compile(r"(\d+) sequences at the same moment")
TOOK = re.compile(r"(\d+) letters in ([\d.]+) s")
SEARCHED = re.compile(r"(\d+) addresses searched")


def journey_figures() -> list[Row]:
    """Walk the journeys in Chromium; return how many fail, and what those that count cost."""
    with tempfile.TemporaryDirectory() as folder:
        printed = _pytest(folder, *JOURNEYS)
        kept = Path(folder) / "journeys.json"
        told = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    rows = [_failures("journeys in Chromium that fail", printed)]
    for name, cost in told.items():
        rows += [
            row(f"{name}: {what}", cost[what], cost["bars"].get(what), unit=what)
            for what in COUNTED
        ]
    return rows


def campaign_figures() -> list[Row]:
    """Announce a call in Chromium to as many associations as the umbrella has members."""
    with tempfile.TemporaryDirectory() as folder:
        printed = _pytest(folder, CAMPAIGN, CAMPAIGN_READERS=CAMPAIGN_READERS)
        kept = Path(folder) / "journeys.json"
        told = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    rows = [_failures("announcements in which a letter is lost, wrong or twice", printed)]
    for name, cost in told.items():
        rows.append(row(f"{name}: clicks", cost["clicks"], cost["bars"]["clicks"], unit="clicks"))
    if took := TOOK.search(printed):
        rows.append(row(f"{took[1]} letters of a campaign delivered in", float(took[2]), unit="s"))
    return rows


def hostile_figures() -> list[Row]:
    """Give every form, address, upload and import odd and hostile inputs; count what fails."""
    with tempfile.TemporaryDirectory() as folder:
        printed = _pytest(folder, *HOSTILE)
    tried = sum(int(count) for count in INPUTS.findall(printed)) + _counts(printed)["passed"]
    return [
        row("odd and hostile inputs tried", tried, FEWEST_HOSTILE, unit="inputs",
            held=tried >= FEWEST_HOSTILE),
        _failures("odd and hostile inputs that break something", printed),
    ]  # fmt: skip


def selection_figures() -> list[Row]:
    """Let random people act at the same moment, and search all that an applicant can reach."""
    sequences = {"MACHINE_EXAMPLES": STEP_BY_STEP, "PARALLEL_EXAMPLES": AT_ONCE}
    with tempfile.TemporaryDirectory() as folder:
        played = _pytest(folder, "tests/rounds/selection/test_machine.py", **sequences)
        searched = _pytest(
            folder, "tests/rounds/selection/test_leaks.py", LEAK_LANGUAGES="fi,sv,en"
        )
    tried = sum(int(count) for count in SEQUENCES.findall(played))
    opened = sum(int(count) for count in SEARCHED.findall(searched))
    return [
        row("random sequences of actions in parallel transactions", tried, FEWEST_SEQUENCES,
            held=tried >= FEWEST_SEQUENCES),
        _failures("invariants of the selection that broke", played),
        row("addresses searched for what is decided but not told", opened, unit="pages"),
        _failures("searches that found something", searched),
    ]  # fmt: skip


def _pytest(folder: str, *paths: str, **more: str) -> str:
    command = [sys.executable, "-m", "pytest", "-s", "-rN", "-p", "no:cacheprovider", "--tb=short"]
    environ = {
        **os.environ,
        "VAR_DIR": folder,
        "CHROMIUM_PATH": str(ensure_chromium()),
        "EVERY_INPUT": "1",
        "JOURNEYS_FILE": str(Path(folder) / "journeys.json"),
        **more,
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
    return row(figure, failed, 0)
