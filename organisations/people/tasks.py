"""Work about people that nobody waits for."""

from __future__ import annotations

from celery import shared_task

from organisations.people import services


@shared_task(name="people.forget_unused")
def forget_unused() -> None:
    """Remove addresses that were never signed in with (beat, daily; safe to run twice)."""
    services.forget_unused_people()
