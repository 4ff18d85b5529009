"""Races at the edges of a round, on a PostgreSQL of their own: rows for `make figures`."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from dev import own_servers
from dev.rows import Row, row

if TYPE_CHECKING:
    from rounds.planning.models import Round

SUBMITS = 100
CONFIRMATIONS = 10


def race_figures() -> list[Row]:
    """Run every race and return the rows of figure, value, unit, bar and held."""
    own_servers.start()
    own_servers.prepare_django()
    return [*submit_figures(SUBMITS), *confirm_figures(CONFIRMATIONS)]


def submit_figures(count: int) -> list[Row]:
    """Return what came of `count` submits at the deadline."""
    from dev.deadline_race import submit_race

    found = submit_race(count, _open_round())
    kept = found["submitted"] + found["kept_as_draft"]
    doubled = max(
        abs(found[name] - found["submitted"])
        for name in ("references", "versions", "receipts", "last_reference")
    )
    return [
        row(
            f"{count} submits at the deadline: submitted or kept as a draft",
            kept,
            count,
            exact=True,
        ),
        row("… of them submitted in time", found["submitted"]),
        row("… lost", found["lost"], 0),
        row("… told otherwise than it went", found["told_otherwise"], 0),
        row("… versions, receipts or references missing or doubled", doubled, 0),
        row("… gaps or repeats in the reference numbers", found["gaps_or_repeats"], 0),
    ]


def confirm_figures(count: int) -> list[Row]:
    """Return what came of `count` people confirming the last place at once."""
    from dev.confirm_race import confirm_race
    from minno_portal import clock
    from organisations.models import Membership
    from rounds.models import Round
    from rounds.planning.services import create_round

    last = Round.objects.select_related("partnership").latest("pk")
    coordinator = Membership.objects.get(
        organisation=last.partnership.coordinator_id, role="coordinator"
    ).user
    kickoff_on = clock.today() + dt.timedelta(weeks=14)
    answers = {"number": 2, "year": kickoff_on.year, "form": "day", "kickoff_on": kickoff_on}
    round_ = create_round(last.partnership.pk, **answers, actor=coordinator)  # type: ignore[arg-type]
    found = confirm_race(count, round_)
    return [
        row(
            f"{count} people confirm the last place at once: confirmed",
            found["confirmed"],
            1,
            exact=True,
        ),
        row("… places taken", found["places_taken"], found["places"], exact=True),
        row("… decisions beyond the places", found["decisions"] - found["places"], 0, exact=True),
        row("… told before announcing", found["told_too_early"], 0),
    ]


def _open_round() -> Round:
    """Lay out and publish a round whose call is open now, through the services."""
    from dev.full_round import own_partnership
    from minno_portal import clock
    from rounds.planning.calendar import lay_out
    from rounds.planning.services import create_round, publish_round, update_calendar

    partnership, coordinator, _teacher = own_partnership()
    kickoff_on = clock.today() + dt.timedelta(weeks=7)
    answers = {"number": 1, "year": kickoff_on.year, "form": "day", "kickoff_on": kickoff_on}
    round_ = create_round(partnership.pk, **answers, actor=coordinator)  # type: ignore[arg-type]
    rhythm = lay_out("day", kickoff_on, through_july=True).as_fields()
    update_calendar(round_.pk, actor=coordinator, **rhythm)
    return publish_round(round_.pk, actor=coordinator)


if __name__ == "__main__":
    print(json.dumps(race_figures(), ensure_ascii=False, indent=1))
