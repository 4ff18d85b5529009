"""Stored files that no row names go after a day; all others stay."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from minno_portal import clock
from rounds.challenges.attachments.sweep import delete_orphans
from rounds.challenges.attachments.tasks import sweep
from rounds.challenges.models import Challenge
from tests.rounds.challenges.attachments.conftest import Send

DAY = dt.timedelta(days=1, minutes=1)


def test_orphans_go_when_they_are_old(draft: Challenge, send: Send) -> None:
    delete_orphans()
    kept = send()
    orphan = default_storage.save(f"attachments/{draft.pk}/orphan", ContentFile(b"half"))
    assert delete_orphans() == 0
    with clock.playing_at(clock.now() + DAY):
        assert delete_orphans() >= 1
    assert not default_storage.exists(orphan)
    assert default_storage.exists(kept.file.name)


def test_it_runs_every_night() -> None:
    assert sweep.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
