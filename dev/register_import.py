"""How long bringing 1,000 associations takes, by its pages: `python -m dev.register_import`."""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from minno_portal import embedded

if TYPE_CHECKING:
    from django.test import Client

ROWS, FAULTY = 1_000, 50
BAR_SECONDS = 10.0
BASE = "/manage/organisations/import/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row = dict[str, Any]


@dataclass(slots=True)
class Brought:
    """What one table came to: seconds by step, and what each step told."""

    seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    stored_before_confirming: int = 0
    wrongly_named: int = 0


def register_import_figures() -> list[Row]:
    """Bring a table with faults twice, on servers of its own, and return the rows of figures."""
    with tempfile.TemporaryDirectory(prefix="minno-import-", ignore_cleanup_errors=True) as folder:
        _prepare(folder)
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
        {
            "figure": f"XLSX of {ROWS} associations, {FAULTY} faulty: read, tried and stored",
            "value": round(total, 2),
            "unit": "s",
            "bar": BAR_SECONDS,
            "held": total < BAR_SECONDS,
        },
        *(
            {"figure": f"… {step}", "value": round(took, 2), "unit": "s", "bar": None, "held": True}
            for step, took in first.seconds.items()
        ),
        _exact("… rows refused", first.counts["refused"], FAULTY),
        _exact("… faults not named by row and column", first.wrongly_named, 0),
        _exact("… stored before confirming", first.stored_before_confirming, 0),
        _exact("… stored", first.counts["added"], ROWS - FAULTY),
        _exact("… changed by bringing the same again", changed, 0),
    ]


def _exact(figure: str, value: int, bar: int) -> Row:
    return {"figure": figure, "value": value, "unit": "", "bar": bar, "held": value == bar}


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


def _prepare(folder: str) -> None:
    """Start servers in the folder and prepare Django and the database there."""
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        os.environ.pop(name, None)
    os.environ.update(
        VAR_DIR=folder,
        LOG_LEVEL="WARNING",
        REQUIRE_SECOND_FACTOR="0",
        DJANGO_SETTINGS_MODULE="minno_portal.settings",
    )
    embedded.provide(os.environ)

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    print(json.dumps(register_import_figures(), ensure_ascii=False, indent=1))
