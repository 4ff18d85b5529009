"""What can be wrong with a round's dates: errors at the field, and warnings that only advise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from minno_portal import dates as dates_in_words
from minno_portal.errors import Refused
from minno_portal.workdays import is_working_day
from rounds.planning.calendar import FIELDS, JULY, in_days
from rounds.planning.models import Round

EARLIEST_YEAR = 2000
LATEST_YEAR = 2101
CHRISTMAS_FROM, CHRISTMAS_UNTIL = (12, 24), (1, 6)

# Each date with the one it must not come before; the call's two moments are compared apart.
_NOT_BEFORE = (
    ("packet_on", "call_closes_at"),
    ("decisions_on", "packet_on"),
    ("kickoff_on", "decisions_on"),
    ("contract_on", "kickoff_on"),
    ("fest_on", "contract_on"),
    ("feedback_on", "fest_on"),
    ("evaluation_on", "feedback_on"),
)


class CalendarRefused(Refused):
    """Some dates cannot stand; `errors` says why by field name."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(_("Some of the dates do not fit together."))
        self.errors = dict(errors)


def label(field: str) -> str:
    """Return what the date is called on the page."""
    return capfirst(str(getattr(Round, field).field.verbose_name))


def order_errors(dates: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with the order of the dates, by the later field's name.

    :param dates: values by the field names of `Round`; missing ones are not compared.
    """
    days = in_days(dates)
    errors = {
        name: _("Give this date.")
        for name in FIELDS
        if name != "midreview_on" and dates.get(name, ...) is None
    } | {
        name: _("Check the year.")
        for name, day in days.items()
        if not EARLIEST_YEAR <= day.year <= LATEST_YEAR
    }
    opens, closes = dates.get("call_opens_at"), dates.get("call_closes_at")
    if opens and closes and closes <= opens:
        errors.setdefault("call_closes_at", _("The call must close after it opens."))
    for later, earlier in _NOT_BEFORE:
        if later in days and earlier in days and days[later] < days[earlier]:
            errors.setdefault(later, _not_before(earlier, days[earlier]))
    midreview = days.get("midreview_on")
    if midreview and not days.get("kickoff_on", dt.date.min) < midreview < days.get(
        "fest_on", dt.date.max
    ):
        errors.setdefault(
            "midreview_on", _("The mid-review is between the kick-off and the MINNO-fest.")
        )
    return errors


def opened_call_errors(round_: Round, dates: Mapping[str, Any], now: dt.datetime) -> dict[str, str]:
    """Return what may not change any more: an open call keeps its opening and only gets longer."""
    if not round_.is_published or now < round_.call_opens_at:
        return {}
    errors = {}
    if dates["call_opens_at"] != round_.call_opens_at:
        errors["call_opens_at"] = _("The call has opened: its opening can no longer be changed.")
    closes = dates["call_closes_at"] or round_.call_closes_at
    if closes < round_.call_closes_at:
        errors["call_closes_at"] = _("The call has opened: the deadline can only be made later.")
    if closes > round_.call_closes_at and round_.announced_at:
        errors["call_closes_at"] = _("Decisions have been announced: the call stays closed.")
    return errors


def warnings_about(dates: Mapping[str, Any]) -> list[str]:
    """Return sentences about dates that can stand but that people may miss."""
    return [
        sentence for name, day in in_days(dates).items() if (sentence := _warning(label(name), day))
    ]


def is_in_christmas_weeks(day: dt.date) -> bool:
    """Whether many are away on `day`: from Christmas Eve to Epiphany."""
    return not CHRISTMAS_UNTIL < (day.month, day.day) < CHRISTMAS_FROM


def _warning(name: str, day: dt.date) -> str:
    values = {"name": name, "day": dates_in_words.day(day)}
    if not is_working_day(day):
        return _("%(name)s %(day)s is a weekend or a holiday.") % values
    if day.month == JULY:
        return _("%(name)s %(day)s is in July, when many people are on holiday.") % values
    if is_in_christmas_weeks(day):
        return _("%(name)s %(day)s is in the Christmas weeks.") % values
    return ""


def _not_before(earlier: str, day: dt.date) -> str:
    return _("This cannot be before “%(name)s” (%(day)s).") % {
        "name": label(earlier),
        "day": dates_in_words.day(day),
    }
