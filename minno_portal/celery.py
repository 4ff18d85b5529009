"""The Celery application: tasks are found in every app's and every step's tasks.py."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minno_portal.settings")


def _process_defaults() -> dict[str, Any]:
    """Return how the processes treat the queue; what an installation chooses is in the settings."""
    return {
        # A page waits for the queue a few seconds at most; periodic scans do what was missed.
        "broker_connection_timeout": 1,
        "broker_transport_options": {
            "socket_connect_timeout": 1,
            "socket_timeout": 3,
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0.1,
        },
        "task_publish_retry": False,
    }


app = Celery("minno_portal", task_cls="minno_portal.queue:PortalTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.add_defaults(_process_defaults)
app.autodiscover_tasks(
    [
        "minno_portal",
        "minno_portal.outbox",
        "organisations.people",
        "organisations.register",
        "rounds",
        "rounds.call.campaigns",
        "rounds.challenges",
        "rounds.challenges.attachments",
        "rounds.selection",
        "rounds.feedback",
        "rounds.reports",
    ]
)
