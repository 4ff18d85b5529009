"""What deciding hears from challenges, and what it registers."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from rounds.challenges.enums import Status
from rounds.challenges.helping.history.sources import tells_history
from rounds.challenges.models import Challenge
from rounds.challenges.signals import challenge_withdrawn
from rounds.selection.deciding import history, kit, own_decision, reminders, waiting
from rounds.selection.deciding.notices import queue_place_free

__all__ = ["kit", "own_decision", "reminders", "tell_of_free_place", "waiting"]

tells_history(*history.SOURCES)


@receiver(challenge_withdrawn)
def tell_of_free_place(sender: Any, *, challenge: Challenge, was: str, **kwargs: Any) -> None:
    """Tell the coordinator when a chosen challenge is withdrawn."""
    if was == Status.CONFIRMED:
        queue_place_free(challenge)
