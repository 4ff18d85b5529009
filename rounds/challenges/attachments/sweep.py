"""Stored files that no row names: what a crash between storing and writing left behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.files.storage import Storage, default_storage

from minno_portal import clock
from rounds.challenges.attachments.models import Attachment

FOLDER = "attachments"
# A file that young may be waiting for its row.
AGE = dt.timedelta(days=1)


def delete_orphans() -> int:
    """Delete every stored file that has no row for a day.

    :returns: how many there were.
    """
    before = clock.now() - AGE
    deleted = 0
    for folder in _folders(default_storage):
        names = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
        known = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
        for name in names - known:
            if default_storage.get_modified_time(name) < before:
                default_storage.delete(name)
                deleted += 1
    return deleted


def _folders(storage: Storage) -> Iterator[str]:
    try:
        folders, _files = storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for folder in folders:
        yield f"{FOLDER}/{folder}"
