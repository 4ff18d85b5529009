"""What a moved kick-off moves: every date, old and new, and why some of them stay.

A date that is where the plan put it goes where the plan puts it around the new kick-off; one that
the coordinator has moved keeps its distance to the plan, and comes on a working day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from minno_portal import clock
from minno_portal.clock import HELSINKI
from minno_portal.workdays import working_day_from, working_day_until
from rounds.planning.calendar import FIELDS, in_days, lay_out
from rounds.planning.models import Round
from rounds.planning.timeline import has_passed

# What moves earlier when it would fall on a day off; the rest moves later.
DEADLINES = frozenset({"call_closes_at", "packet_on", "decisions_on", "fest_on"})


@dataclass(frozen=True, slots=True)
class Move:
    """One date: where it is, where it would go, and what keeps it where it is, if anything."""

    field: str
    old: dt.date | dt.datetime
    new: dt.date | dt.datetime
    stays: str = ""

    @property
    def is_advised(self) -> bool:
        """Whether it should move unless the coordinator says otherwise; never to the past."""
        return not self.stays and self.new != self.old and not has_passed(self.new)


def moves_of(round_: Round, kickoff_on: dt.date) -> list[Move]:
    """Return what a kick-off on `kickoff_on` would do to each of the round's dates, in order.

    :param kickoff_on: the wished day; a day off moves to the next working day.
    """
    values = {name: getattr(round_, name) for name in FIELDS}
    planned = in_days(lay_out(round_.form, round_.kickoff_on).as_fields())
    wished = in_days(lay_out(round_.form, kickoff_on).as_fields())
    moves = []
    for name, day in in_days(values).items():
        if name == "kickoff_on":
            new = wished[name]
        else:
            new = _working_day(name, wished[name] + (day - planned[name]))
        moved = _on(new, values[name])
        if reason := _what_keeps(round_, name, moved):
            moves.append(Move(name, values[name], values[name], reason))
        else:
            moves.append(Move(name, values[name], moved))
    return moves


def dates_after(round_: Round, moves: list[Move], moving: set[str]) -> dict[str, Any]:
    """Return every date of the round when those named in `moving` have gone."""
    found = {name: getattr(round_, name) for name in FIELDS}
    return found | {move.field: move.new for move in moves if move.field in moving}


def _working_day(name: str, day: dt.date) -> dt.date:
    return working_day_until(day) if name in DEADLINES else working_day_from(day)


def _on(day: dt.date, value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """Return `day`, at the time of the clock in Helsinki that `value` has."""
    if isinstance(value, dt.datetime):
        return dt.datetime.combine(day, value.astimezone(HELSINKI).time(), tzinfo=HELSINKI)
    return day


def _what_keeps(round_: Round, name: str, new: dt.date | dt.datetime) -> str:
    """Return why a date of the round cannot move, or nothing; unpublished rounds are free."""
    if not round_.is_published:
        return ""
    if name in ("call_opens_at", "call_closes_at"):
        return _what_keeps_the_call(round_, name, new)
    if name == "decisions_on" and round_.announced_at:
        return _("The decisions have been told.")
    return _("This day has been.") if has_passed(getattr(round_, name)) else ""


def _what_keeps_the_call(round_: Round, name: str, new: dt.date | dt.datetime) -> str:
    if clock.now() < round_.call_opens_at:
        return ""
    if name == "call_opens_at":
        return _("The call has opened.")
    if has_passed(round_.call_closes_at):
        return _("The call has closed.")
    assert isinstance(new, dt.datetime)  # noqa: S101 (tells the type)
    return _("The call is open: it can only get longer.") if new < round_.call_closes_at else ""
