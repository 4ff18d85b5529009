"""Celery tasks of the rounds as a whole."""

from __future__ import annotations

from minno_portal.outbox.reminders import queue_due_reminders
from minno_portal.queue import portal_task


# Every run looks at everything that is due, so a run that waited long may be left out.
@portal_task("rounds.queue_reminders", expires=290)
def queue_reminders() -> None:
    """Queue every reminder that is due."""
    queue_due_reminders()
