"""Measures what can be measured and prints one table: `python -m dev.figures [all|soak|PART …]`.

Each part runs in a process of its own, on servers and folders of its own, and returns rows of
figure, value, unit, bar and whether the bar held. The whole is written to `var/figures.json`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from dev.bootstrap import ROOT
from dev.rows import Row, row

PARTS = {
    "bench": "dev.bench.run:bench_figures",
    "report": "dev.report_cost:report_figures",
    "dossier": "dev.dossier_cost:dossier_figures",
    "races": "dev.races:race_figures",
    "faults": "dev.faults:fault_figures",
    "storm": "dev.storm:storm_figures",
    "throughput": "dev.throughput:throughput_figures",
    "table": "dev.table_growth:table_growth_figures",
    "import": "dev.register_import:register_import_figures",
    "journeys": "dev.trials:journey_figures",
    "campaign": "dev.trials:campaign_figures",
    "hostile": "dev.trials:hostile_figures",
    "selection": "dev.trials:selection_figures",
    "reminders": "dev.reminder_year.figures:reminder_figures",
    "stack": "dev.stack_cost:stack_figures",
}
SOAK_ROUNDS = 5
WIDTH = 66


def main(arguments: list[str]) -> int:
    """Run the parts that are asked for; answer 0 when every bar held."""
    if arguments[:1] == ["part"]:
        _run_part(arguments[1], Path(arguments[2]))
        return 0
    wanted = arguments or ["all"]
    if wanted == ["soak"]:
        rows = [each for _ in range(SOAK_ROUNDS) for each in (*part("faults"), *part("races"))]
    else:
        names = list(PARTS) if wanted == ["all"] else wanted
        rows = [each for name in names for each in part(name)]
    show(rows)
    if wanted == ["all"]:
        target = ROOT / "var" / "figures.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
        print(f"\nWritten to {target.relative_to(ROOT)}")
    return 0 if all(each["held"] for each in rows) else 1


def part(name: str) -> list[Row]:
    """Run one part in a process of its own; one that fails is a figure that did not hold."""
    print(f"--- {name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "rows.json"
        done = subprocess.run(
            [sys.executable, "-m", "dev.figures", "part", PARTS[name], str(target)],
            cwd=ROOT,
            check=False,
        )
        if done.returncode == 0:
            rows: list[Row] = json.loads(target.read_text(encoding="utf-8"))
            return rows
    return [row(f"{name}: could not be run", 1, 0)]


def _run_part(where: str, target: Path) -> None:
    module, function = where.split(":")
    rows = getattr(import_module(module), function)()
    target.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def show(rows: list[Row]) -> None:
    """Print the table."""
    print(f"\n{'figure':{WIDTH}}{'value':>10} {'unit':10}{'bar':>8}  held")
    for each in rows:
        bar = "" if each["bar"] is None else f"{each['bar']:g}"
        held = "yes" if each["held"] else "NO"
        figure = each["figure"][: WIDTH - 1]
        print(f"{figure:{WIDTH}}{each['value']:>10g} {each['unit']:10}{bar:>8}  {held}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
