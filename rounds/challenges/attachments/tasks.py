"""What the worker does for attachments."""

from __future__ import annotations

from minno_portal.queue import portal_task
from rounds.challenges.attachments.sweep import delete_orphans


@portal_task("attachments.delete_orphans", expires=3600)
def sweep() -> None:
    """Delete stored files that no row names."""
    delete_orphans()
