"""Who has just come: a new association, and a person who says to act for a known one."""

from __future__ import annotations

from demo.crew import NEW, introduce
from demo.sample_data import Entry
from demo.year import DAY, at
from minno_portal import clock
from organisations.register.services import join_or_create


def play(sample: Entry) -> None:
    """Let each come to the portal; the coordinator has not looked at them yet."""
    for entry in sample["newcomer"]:
        with at(clock.today() - DAY * entry["days_ago"], 14, 25):
            join_or_create(
                name=entry["name"],
                business_id=entry.get("business_id", ""),
                language=entry.get("language", "fi"),
                chosen=NEW if entry["is_new"] else None,
                actor=introduce(entry),
            )
