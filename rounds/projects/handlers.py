"""What this step tells others: its part of a challenge's history."""

from rounds.challenges.helping.history.sources import tells_history
from rounds.projects import exports, history, reminders

__all__ = ["exports", "reminders"]

tells_history(*history.SOURCES)
