"""The Celery application: tasks are found in every app's and every step's tasks.py."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minno_portal.settings")

app = Celery("minno_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "minno_portal",
        "minno_portal.outbox",
        "organisations.people",
        "rounds",
        "rounds.challenges",
        "rounds.selection",
        "rounds.feedback",
        "rounds.reports",
    ]
)
