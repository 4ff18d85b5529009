"""Tasks that belong to the portal itself."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import before_task_publish
from django.core.management import call_command

from minno_portal.health import heartbeat


@shared_task(name="portal.heartbeat", expires=60)
def beat_heart() -> None:
    """Leave the worker's sign of life."""
    heartbeat.note(heartbeat.WORKER)


@shared_task(name="portal.clear_sessions")
def clear_sessions() -> None:
    """Remove sessions that have ended, with what was typed in them before signing in."""
    call_command("clearsessions")


@before_task_publish.connect(sender="portal.heartbeat")
def note_beat(**kwargs: Any) -> None:
    """Leave beat's sign of life: only beat sends this task."""
    heartbeat.note(heartbeat.BEAT)
