"""A round whose call is open now: challenges arrive, one is still a draft."""

from __future__ import annotations

from demo import campaigns, helping
from demo.crew import Crew
from demo.sample_data import Entry
from demo.year import DAY, WEEK, give, log, monday, open_round
from minno_portal import clock

WORKING_DAYS = {"continuity": "0.25", "announcing": "0.2", "form": "0.1"}


def play(crew: Crew, sample: Entry) -> None:
    """Make the round so that its call has been open for some weeks."""
    kickoff = monday(clock.today() + 7 * WEEK)
    made = open_round(crew, sample, kickoff=kickoff, form="day")
    opened, today = made.call_opens_at.date(), clock.today()
    log(crew, made, WORKING_DAYS, on=opened)
    campaigns.announce(crew, made, day=opened)
    for index, entry in enumerate(sample["challenge"]):
        day = min(opened + DAY * (5 + 4 * index), today - DAY)
        challenge = give(crew, made, entry, day=day)
        if entry["by"] == "malli":
            helping.shape(crew, challenge, day=min(day + 2 * DAY, today - DAY))
    campaigns.prepare_last_week(crew, made, day=today - DAY)
