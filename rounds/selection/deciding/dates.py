"""By when a chosen association says that it takes part."""

from __future__ import annotations

import datetime as dt

from minno_portal import clock
from minno_portal.workdays import working_day_from, working_day_until
from rounds.planning.models import Round

TIME_TO_CONFIRM = dt.timedelta(weeks=1)


def confirm_by(round_: Round) -> dt.date:
    """Return the day for an association that is told today: a week, but before the kick-off.

    It is a working day where one is left: nobody answers for an association on a Sunday.
    """
    today = clock.today()
    last = working_day_until(round_.kickoff_on - dt.timedelta(days=1))
    return max(min(working_day_from(today + TIME_TO_CONFIRM), last), today)
