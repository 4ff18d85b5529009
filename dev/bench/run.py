"""Runs the bench: `python -m dev.bench.run`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dev.rows import Row, row
from minno_portal import embedded

SMALL, LARGE = 200, 2000
MOST_GROWTH = 1.3
MOST_QUERIES = 12


@dataclass(frozen=True, slots=True)
class Measured:
    """A page's cost at both sizes of the round, and the floor's beside it."""

    name: str
    bar: float
    floor: Any
    costs: dict[int, Any]
    queries: dict[int, int]

    def times(self, size: int) -> float:
        """Return how many times the floor's CPU the page takes."""
        return float(self.costs[size].against(self.floor))

    @property
    def growth(self) -> float:
        """How many times the CPU of the small round the large one takes."""
        return float(self.costs[LARGE].against(self.costs[SMALL]))


def main() -> int:
    """Measure every page at both sizes, print a table, write `var/bench.json`."""
    rows = bench_figures()
    target = embedded.BASE_DIR / "var" / "bench.json"
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if all(each["held"] for each in rows) else 1


def bench_figures() -> list[Row]:
    """Run the whole bench on databases of its own and return its figures."""
    _environment()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from dev.bench import databases, fill, pages

    scene = fill.build()
    fill.grow(scene.big, SMALL)
    places = pages.pages(scene)
    databases.settle()
    queries = {SMALL: databases.count_queries(places)}
    larger = databases.move_to_copy("large")
    fill.grow(scene.big, LARGE)
    databases.settle()
    queries[LARGE] = databases.count_queries(places)
    measured = _measure_all(places, larger, queries)
    _print(measured)
    return _figures(measured)


def _environment() -> None:
    folder = embedded.BASE_DIR / "var" / "bench"
    if not os.environ.get("DATABASE_URL"):
        shutil.rmtree(folder, ignore_errors=True)
    os.environ.update(
        VAR_DIR=str(folder),
        DJANGO_SETTINGS_MODULE="minno_portal.settings",
        REQUIRE_SECOND_FACTOR="0",
        LOG_LEVEL="ERROR",
        EMAIL_URL="smtp://127.0.0.1:9",
    )
    embedded.provide(os.environ)


def _prepare_floor(url: str) -> str:
    """Fill the floor's database and return the cookie of its one person."""
    environ = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "dev.bench.floor"],
        env={**environ, "FLOOR_DATABASE_URL": url},
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    return f"sessionid={done.stdout.strip().splitlines()[-1]}"


def _measure_all(
    places: list[Any], larger: dict[str, str], queries: dict[int, list[int]]
) -> list[Measured]:
    """Measure each page of two portals in turns with the floor: the machine's speed drifts.

    :param larger: the environment of the portal with the large round.
    """
    from dev.bench import databases, load

    floor_url = databases.make_database("floor")
    cookie = _prepare_floor(floor_url)
    measured = []
    with (
        load.gunicorn("dev.bench.floor:application()", {"FLOOR_DATABASE_URL": floor_url}) as floor,
        load.gunicorn("minno_portal.wsgi", {}) as small,
        load.gunicorn("minno_portal.wsgi", larger) as large,
    ):
        for place, *counts in zip(places, queries[SMALL], queries[LARGE], strict=True):
            portals = [load.Ask(*portal, place.path, place.cookie) for portal in (small, large)]
            beside, *costs = load.measure([load.Ask(*floor, "/", cookie), *portals])
            both = (SMALL, LARGE)
            measured.append(
                Measured(
                    place.name,
                    place.bar,
                    beside,
                    dict(zip(both, costs, strict=True)),
                    dict(zip(both, counts, strict=True)),
                )
            )
    return measured


def _print(measured: list[Measured]) -> None:
    from dev.bench import load

    floor = load.middle([page.floor for page in measured])
    head = (
        f"{'page':34}{'size':>6}{'CPU ms':>8}{'× floor':>9}{'median':>8}{'p95':>7}"
        f"{'med 4':>7}{'p95 4':>7}{'× med':>7}{'queries':>8}{'bytes':>8}"
    )
    print(head)
    print(_line("floor: bare Django, one SELECT", "", floor, 1.0, floor, 3))
    for size in (SMALL, LARGE):
        for page in measured:
            cost, queries = page.costs[size], page.queries[size]
            print(_line(page.name, str(size), cost, page.times(size), page.floor, queries))


def _line(name: str, size: str, cost: Any, times: float, floor: Any, queries: int) -> str:
    return (
        f"{name:34}{size:>6}{cost.cpu:8.2f}{times:9.1f}{cost.median:8.2f}"
        f"{cost.p95:7.2f}{cost.median_of_4:7.2f}{cost.p95_of_4:7.2f}"
        f"{cost.median / floor.median:7.1f}{queries:8}{cost.size:8}"
    )


def _figures(measured: list[Measured]) -> list[Row]:
    from dev.bench import load

    floor = load.middle([page.floor for page in measured])
    rows = [row("floor: CPU of a bare Django view", floor.cpu, unit="ms")]
    rows += [
        row(f"{page.name}: CPU against the floor", page.times(LARGE), page.bar, unit="×")
        for page in measured
    ]
    rows += [
        row(f"{page.name}: {LARGE} against {SMALL} challenges", page.growth, MOST_GROWTH, unit="×")
        for page in measured
    ]
    most = max(count for page in measured for count in page.queries.values())
    rows.append(row("most queries on any page", most, MOST_QUERIES, unit="queries"))
    return rows


if __name__ == "__main__":
    sys.exit(main())
