"""How long bringing 1,000 associations takes, by its pages: `python -m dev.register_import`."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from dev import own_servers
from dev.rows import Row, row

if TYPE_CHECKING:
    from django.test import Client

ROWS, FAULTY = 1_000, 50
BAR_SECONDS = 10.0
BASE = "/manage/organisations/import/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(slots=True)
class Brought:
    """What one table came to: seconds by step, and what each step told."""

    seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    stored_before_confirming: int = 0
    wrongly_named: int = 0


def register_import_figures() -> list[Row]:
    """Bring a table with faults twice, on servers of its own, and return the rows of figures."""
    own_servers.start(REQUIRE_SECOND_FACTOR="0")
    own_servers.prepare_django()
    from dev.register_table import faulty_table

    content, places = faulty_table(ROWS, FAULTY)
    client = _coordinator()
    first, second = (_bring(client, content, places) for _time in range(2))
    return _figures(first, second)


def _bring(client: Client, content: bytes, places: list[tuple[int, str]]) -> Brought:
    """Upload, match, look and confirm, as the pages do."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from organisations.models import Organisation, RegisterImport
    from organisations.register.importing.services import try_import
    from organisations.register.importing.words import Words

    brought, known = Brought(), Organisation.objects.count()
    file = SimpleUploadedFile("jarjestot.xlsx", content, content_type=XLSX)
    page = _timed(brought, "reading", lambda: client.post(BASE, {"file": file}))
    found = RegisterImport.objects.latest("pk")
    chosen = {f"column-{number}": value for number, value in found.matching.items()}
    _timed(brought, "matching", lambda: client.post(page["Location"], chosen))
    address = f"{BASE}{found.pk}/"
    shown = _timed(brought, "dry run", lambda: client.get(address))
    brought.stored_before_confirming = Organisation.objects.count() - known
    words = Words(found.header, {})
    named = {
        (row.number, column)
        for row in try_import(found).rows
        for column, _sentence in words.faults(row)
    }
    brought.wrongly_named = len(named ^ set(places))
    digest = re.search(rb'name="digest" value="(\w+)"', shown.content)
    sent = {"leave_out": "1", "digest": digest[1].decode() if digest else ""}
    if digest:
        _timed(brought, "storing", lambda: client.post(f"{address}store/", sent))
    brought.counts = try_import(found).counts if not digest else _result(found)
    return brought


def _result(found: Any) -> dict[str, int]:
    found.refresh_from_db()
    counts: dict[str, int] = found.result
    return counts


def _timed(brought: Brought, step: str, do: Any) -> Any:
    started = time.perf_counter()
    answer = do()
    brought.seconds[step] = time.perf_counter() - started
    if answer.status_code not in (HTTPStatus.OK, HTTPStatus.FOUND):
        raise RuntimeError(f"{step}: {answer.status_code}")
    return answer


def _figures(first: Brought, second: Brought) -> list[Row]:
    total = sum(first.seconds.values())
    changed = second.counts["added"] + second.counts["changed"]
    return [
        row(f"XLSX of {ROWS} associations, {FAULTY} faulty: read, tried and stored", total,
            BAR_SECONDS, unit="s"),
        *(row(f"… {step}", took, unit="s") for step, took in first.seconds.items()),
        row("… rows refused", first.counts["refused"], FAULTY, exact=True),
        row("… faults not named by row and column", first.wrongly_named, 0),
        row("… stored before confirming", first.stored_before_confirming, 0, exact=True),
        row("… stored", first.counts["added"], ROWS - FAULTY, exact=True),
        row("… changed by bringing the same again", changed, 0),
    ]  # fmt: skip


def _coordinator() -> Client:
    from django.conf import settings
    from django.test import Client

    from dev.full_round import own_partnership

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    client = Client(HTTP_HOST="localhost")
    client.force_login(own_partnership()[1])
    return client


if __name__ == "__main__":
    print(json.dumps(register_import_figures(), ensure_ascii=False, indent=1))
