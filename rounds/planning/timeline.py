"""The calendar line of a round: its stops in order, with what is past, next and to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minno_portal import clock, dates
from rounds.planning.calendar import FIELDS, in_days
from rounds.planning.models import Round

SHORT_LABELS: dict[str, str | Promise] = {
    "call_opens_at": _("Call opens"),
    "call_closes_at": _("Call closes"),
    "packet_on": _("Packet"),
    "decisions_on": _("Decisions"),
    "kickoff_on": _("Kick-off"),
    "contract_on": _("Contract"),
    "midreview_on": _("Mid-review"),
    "fest_on": _("MINNO-fest"),
    "feedback_on": _("Feedback"),
    "evaluation_on": pgettext_lazy("date in a calendar", "Evaluation"),
}
# What fits on the line beside other things.
MAIN_STOPS = frozenset(SHORT_LABELS) - {"contract_on", "midreview_on", "feedback_on"}


@dataclass(frozen=True, slots=True)
class Stop:
    """One date on the line, in words; `state` is done, now or todo."""

    field: str
    label: str | Promise
    when: str
    state: str


def stops_of(round_: Round) -> list[Stop]:
    """Return a round's dates in the order of time; the first that lies ahead is the present one."""
    return stops({name: getattr(round_, name) for name in FIELDS})


def stops(values: Mapping[str, Any]) -> list[Stop]:
    """Return the stops of dates by field name; missing ones are left out."""
    found: list[Stop] = []
    for name, day in sorted(in_days(values).items(), key=lambda pair: pair[1]):
        value = values[name]
        is_past = has_passed(value)
        is_next = not is_past and all(stop.state == "done" for stop in found)
        state = "done" if is_past else "now" if is_next else "todo"
        when = dates.moment(value) if isinstance(value, dt.datetime) else dates.day(day)
        found.append(Stop(name, SHORT_LABELS[name], when, state))
    return found


def has_passed(value: dt.date | dt.datetime) -> bool:
    """Whether a moment is over, or a day before today."""
    return value <= clock.now() if isinstance(value, dt.datetime) else value < clock.today()
