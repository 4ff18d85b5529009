"""How the table of challenges grows with its round: `python -m dev.table_growth`.

Three databases of its own, with 10, 1,000 and 20,000 challenges in a round; the same pages of each
in turns, so that whatever else the machine does falls on all of them alike.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from dev import own_servers
from dev.rows import Row, row

SIZES = (10, 1_000, 20_000)
MOST_GROWTH = 1.3
TURNS = 15
WARM, TIMED = 1, 4
PAGE_SIZE = 50


@dataclass(slots=True)
class Measured:
    """One page: its queries and its medians of each turn (ms), by the size of the round."""

    name: str
    queries: dict[int, int] = field(default_factory=dict)
    medians: dict[int, list[float]] = field(default_factory=dict)

    def median(self, size: int) -> float:
        """Return the usual time at a size."""
        return statistics.median(self.medians[size])

    @property
    def growth(self) -> float:
        """How many times the usual size the large one takes, turn by turn."""
        _smallest, usual, large = SIZES
        pairs = zip(self.medians[large], self.medians[usual], strict=True)
        return statistics.median(more / less for more, less in pairs)


def table_growth_figures() -> list[Row]:
    """Fill, measure and print; return the rows of figures."""
    own_servers.start(REQUIRE_SECOND_FACTOR="0", LOG_LEVEL="ERROR")
    own_servers.prepare_django()
    measured = _measure()
    _print(measured)
    return _figures(measured)


def _measure() -> list[Measured]:
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from dev.bench.databases import move_to_copy, settle
    from dev.bench.fill import build, session_cookie
    from dev.table_filling import fill

    # Pages name their styles without a manifest: nothing is collected for this.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    scene = build()
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["sessionid"] = session_cookie(scene.crew.coordinator).partition("=")[2]
    names: dict[int, str] = {}
    for size in SIZES:
        if names:
            move_to_copy(f"table{size}")
        names[size] = str(connection.settings_dict["NAME"])
        fill(scene, size)
        settle()
    return _in_turns(client, scene.big.slug, names)


def _pages(slug: str, size: int) -> dict[str, str]:
    """Return what is looked at, by name."""
    middle = max(size // PAGE_SIZE // 2, 1)
    base = f"/manage/rounds/{slug}/challenges/"
    return {
        "first page": base,
        "middle page": f"{base}?page={middle}",
        "by title, first page": f"{base}?sort=title",
        "by title falling, middle page": f"{base}?sort=-title&page={middle}",
        "search, few find": f"{base}?q=kyläkauppa",
        "search, all find": f"{base}?q=yksinäisyys",
        "search, all find, by title": f"{base}?q=yksinäisyys&sort=title&page=3",
        "unread": f"{base}?only=unread",
        "of one status": f"{base}?status=needs_completion",
    }


def _in_turns(client: Any, slug: str, names: dict[int, str]) -> list[Measured]:
    from django.db import connection

    found = {name: Measured(name) for name in _pages(slug, SIZES[0])}
    for turn in range(TURNS):
        for size, database in names.items():
            connection.close()
            connection.settings_dict["NAME"] = database
            for name, path in _pages(slug, size).items():
                if turn == 0:
                    found[name].queries[size] = _queries(client, path)
                for _request in range(WARM):
                    _time(client, path)
                times = [_time(client, path) for _request in range(TIMED)]
                found[name].medians.setdefault(size, []).append(statistics.median(times))
    return list(found.values())


def _time(client: Any, path: str) -> float:
    started = time.perf_counter()
    response = client.get(path)
    passed = (time.perf_counter() - started) * 1000
    if response.status_code != HTTPStatus.OK:
        raise AssertionError(f"{path} answered {response.status_code}")
    return passed


def _queries(client: Any, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _print(measured: list[Measured]) -> None:
    head = "".join(f"{f'{size} ms':>12}{'queries':>9}" for size in SIZES)
    print(f"{'table of challenges':34}{head}{'growth':>9}")
    for page in measured:
        cells = "".join(f"{page.median(size):12.1f}{page.queries[size]:9}" for size in SIZES)
        print(f"{page.name:34}{cells}{page.growth:9.2f}")


def _figures(measured: list[Measured]) -> list[Row]:
    _smallest, usual, large = SIZES
    rows = [
        row(
            f"table, {page.name}: {large} against {usual} challenges",
            page.growth,
            MOST_GROWTH,
            unit="×",
        )
        for page in measured
    ]
    spread = max(max(page.queries.values()) - min(page.queries.values()) for page in measured)
    figure = f"table: queries more at {large} than at {SIZES[0]} challenges"
    rows.append(row(figure, spread, 0, unit="queries"))
    return rows


def main() -> int:
    """Measure; answer 0 when every bar held."""
    return 0 if all(each["held"] for each in table_growth_figures()) else 1


if __name__ == "__main__":
    sys.exit(main())
