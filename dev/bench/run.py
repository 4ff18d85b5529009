"""Runs the bench: `python -m dev.bench.run`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minno_portal import embedded

SMALL, LARGE = 200, 2000
MOST_GROWTH = 1.3
MOST_QUERIES = 12


@dataclass(frozen=True, slots=True)
class Measured:
    """A page's cost at one size of the round, and the floor's CPU just before and after it."""

    name: str
    bar: float
    cost: Any
    queries: int
    floor: float

    @property
    def times(self) -> float:
        """How many times the floor's CPU the page takes."""
        return float(self.cost.cpu) / self.floor


def main() -> int:
    """Measure every page at both sizes, print a table, write `var/bench.json`."""
    rows = bench_figures()
    target = embedded.BASE_DIR / "var" / "bench.json"
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if all(row["held"] for row in rows) else 1


def bench_figures() -> list[dict[str, Any]]:
    """Run the whole bench on databases of its own and return its figures."""
    _environment()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from dev.bench import fill, load, pages

    scene = fill.build()
    fill.grow(scene.big, SMALL)
    places = pages.pages(scene)
    floor_cookie = f"sessionid={_prepare_floor()}"
    floor_environ = {"FLOOR_DATABASE_URL": os.environ["FLOOR_DATABASE_URL"]}
    with (
        load.gunicorn("dev.bench.floor:application()", floor_environ) as (floor_port, floor_server),
        load.gunicorn("minno_portal.wsgi", {}) as (port, server),
    ):

        def floor_now() -> Any:
            floors.append(load.measure(floor_port, floor_server, "/", floor_cookie))
            return floors[-1]

        floors: list[Any] = []
        small = _measure_all(places, port, server, floor_now)
        fill.grow(scene.big, LARGE)
        large = _measure_all(places, port, server, floor_now)
    floor = load.middle(floors)
    _print(floor, small, large)
    return _figures(floor, small, large)


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
    os.environ["FLOOR_DATABASE_URL"] = _another_database("floor")


def _another_database(name: str) -> str:
    import psycopg

    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    return url.replace(f"/{embedded.DATABASE_NAME}", f"/{name}", 1)


def _prepare_floor() -> str:
    environ = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "dev.bench.floor"],
        env=environ,
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    return done.stdout.strip().splitlines()[-1]


def _measure_all(
    places: list[Any], port: int, server: Any, floor_now: Callable[[], Any]
) -> list[Measured]:
    """Measure each page between two measurements of the floor: the machine's speed drifts."""
    from dev.bench import load

    measured = []
    before = floor_now()
    for place in places:
        cost = load.measure(port, server, place.path, place.cookie)
        after = floor_now()
        floor = (before.cpu + after.cpu) / 2
        measured.append(Measured(place.name, place.bar, cost, _queries(place), floor))
        before = after
    return measured


def _queries(place: Any) -> int:
    """Count the queries of a warm page, in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    if place.cookie:
        client.cookies["sessionid"] = place.cookie.partition("=")[2]
    client.get(place.path)
    with CaptureQueriesContext(connection) as captured:
        client.get(place.path)
    return len(captured)


def _print(floor: Any, small: list[Measured], large: list[Measured]) -> None:
    head = (
        f"{'page':34}{'size':>6}{'CPU ms':>8}{'× floor':>9}{'median':>8}{'p95':>7}"
        f"{'med 4':>7}{'p95 4':>7}{'× med':>7}{'queries':>8}{'bytes':>8}"
    )
    print(head)
    print(_line("floor: bare Django, one SELECT", "", floor, 1.0, floor, 3))
    for size, measured in ((SMALL, small), (LARGE, large)):
        for page in measured:
            print(_line(page.name, str(size), page.cost, page.times, floor, page.queries))


def _line(name: str, size: str, cost: Any, times: float, floor: Any, queries: int) -> str:
    return (
        f"{name:34}{size:>6}{cost.cpu:8.2f}{times:9.1f}{cost.median:8.2f}"
        f"{cost.p95:7.2f}{cost.median_of_4:7.2f}{cost.p95_of_4:7.2f}"
        f"{cost.median / floor.median:7.1f}{queries:8}{cost.size:8}"
    )


def _figures(floor: Any, small: list[Measured], large: list[Measured]) -> list[dict[str, Any]]:
    rows = [_row("floor: CPU of a bare Django view", floor.cpu, "ms", None)]
    rows += [
        _row(f"{page.name}: CPU against the floor", page.times, "×", page.bar) for page in large
    ]
    for before, after in zip(small, large, strict=True):
        growth = after.times / before.times
        rows.append(
            _row(f"{after.name}: {LARGE} against {SMALL} challenges", growth, "×", MOST_GROWTH)
        )
    most = max(page.queries for page in (*small, *large))
    rows.append(_row("most queries on any page", most, "queries", MOST_QUERIES))
    return rows


def _row(figure: str, value: float, unit: str, bar: float | None) -> dict[str, Any]:
    return {
        "figure": figure,
        "value": round(value, 2),
        "unit": unit,
        "bar": bar,
        "held": bar is None or value <= bar,
    }


if __name__ == "__main__":
    sys.exit(main())
