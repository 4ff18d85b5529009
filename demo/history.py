"""Round 4/2022, the real one: who gave which challenge, and nothing that was not told in public."""

from __future__ import annotations

import datetime as dt

from demo.crew import Crew
from demo.sample_data import Entry
from demo.year import DAY, give, open_round

KICKOFF = dt.date(2022, 10, 31)
UNKNOWN = "Ei kirjattu portaaliin."


def play(crew: Crew, sample: Entry) -> None:
    """Make the round; its decisions were not recorded in the portal, so none are made up."""
    made = open_round(crew, sample, kickoff=KICKOFF, form="day", number=4)
    for index, facts in enumerate(sample["challenge"]):
        entry = {
            "summary": f"{facts['title']}: haaste kierrokselta 4/2022.",
            "need": UNKNOWN,
            "change_sought": UNKNOWN,
            "target_group": UNKNOWN,
            "hoped_outputs": ["other"],
            "is_national": True,
            **facts,
        }
        give(crew, made, entry, day=made.call_opens_at.date() + DAY * (2 + 3 * index))
