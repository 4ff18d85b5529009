"""Work about the register that nobody waits for."""

from __future__ import annotations

from celery import shared_task

from organisations.register.importing.retention import empty_old_imports


@shared_task(name="register.empty_old_imports")
def empty_imports() -> None:
    """Empty tables that were brought a week ago (beat, daily; safe to run twice)."""
    empty_old_imports()
