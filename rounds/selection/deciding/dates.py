"""By when a chosen association says that it takes part."""

from __future__ import annotations

import datetime as dt

from minno_portal import clock
from rounds.planning.models import Round

TIME_TO_CONFIRM = dt.timedelta(weeks=1)


def confirm_by(round_: Round) -> dt.date:
    """Return the day for an association that is told today: a week, but before the kick-off."""
    today = clock.today()
    day = min(today + TIME_TO_CONFIRM, round_.kickoff_on - dt.timedelta(days=1))
    return max(day, today)
