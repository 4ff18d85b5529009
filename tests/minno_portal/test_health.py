"""Health: what is asked of real parts, and what is told about them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from django.db import ConnectionHandler, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from time_machine import travel

from minno_portal.health import checks, heartbeat
from minno_portal.tasks import beat_heart, note_beat


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    checks._migrated.clear()
    heartbeat._noted.clear()
    yield
    checks._migrated.clear()


@pytest.fixture
def no_redis(settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://:secretword@127.0.0.1:1/0",
        }
    }


def test_live_asks_nobody(client: Client, no_redis: None) -> None:
    answer = client.get("/healthz/live", headers={"host": "10.1.2.3"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_all_parts_answer(client: Client) -> None:
    answer = client.get("/healthz/ready", headers={"host": "10.1.2.3"})
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok", "redis": "ok"},
        "signs_of_life": dict.fromkeys(("beat", "worker", "mailer"), "never seen"),
    }
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_redis_and_tells_no_address(client: Client, no_redis: None) -> None:
    answer = client.get("/healthz/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["redis"] == "does not answer"
    assert "secretword" not in answer.content.decode()
    assert "127.0.0.1" not in answer.content.decode()


@pytest.mark.django_db
def test_not_ready_before_migrations_are_applied(client: Client) -> None:
    MigrationRecorder(connection).migration_qs.filter(app="rounds").delete()
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["checks"]["migrations"]) == (503, "not applied")


@pytest.mark.django_db
def test_not_ready_without_a_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    away = {**settings.DATABASES["default"], "HOST": "/nowhere", "NAME": "secretword"}  # type: ignore[attr-defined]
    monkeypatch.setattr(checks, "connection", ConnectionHandler({"default": away})["default"])
    answer = client.get("/healthz/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "does not answer"
    assert "secretword" not in json.dumps(answer.json())


def test_posting_is_refused(client: Client) -> None:
    assert client.post("/healthz/live").status_code == 405
    assert client.post("/healthz/ready").status_code == 405


def test_signs_of_life_grow_old() -> None:
    now = dt.datetime(2026, 2, 5, 9, 5, tzinfo=dt.UTC)
    with travel(now, tick=False) as clock:
        note_beat()
        beat_heart()
        heartbeat.note_in_passing(heartbeat.MAILER)
        everybody = {"beat": "ok", "worker": "ok", "mailer": "ok"}
        assert heartbeat.signs_of_life() == everybody
        clock.shift(heartbeat.STALE_AFTER)
        assert heartbeat.signs_of_life() == everybody
        clock.shift(1)
        note_beat()
        assert heartbeat.signs_of_life() == everybody | {"worker": "stale", "mailer": "stale"}


def test_signs_of_life_are_a_detail_without_redis(no_redis: None) -> None:
    assert heartbeat.signs_of_life() == {}
    heartbeat.note_in_passing(heartbeat.MAILER)
