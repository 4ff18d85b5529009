"""A round's dates as the public sees them: the line on the page, and the calendar file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from minno_portal import clock, dates
from rounds.planning.models import Round

REFRESHED_EVERY = dt.timedelta(hours=12)
REFRESHED_EVERY_TEXT = "PT12H"


@dataclass(frozen=True, slots=True)
class Point:
    """One date on the line: its name, its text and whether it is done, now or to come."""

    label: str | Promise
    when: str
    state: str


def line(round_: Round) -> list[Point]:
    """Return the round's course in seven dates, the next one marked as now."""
    moment, today = clock.now(), clock.today()
    opens, closes = round_.call_opens_at, round_.call_closes_at
    chosen_from = dates.local(closes) + dt.timedelta(days=1)
    chosen_by = max(chosen_from, round_.packet_on)
    course: tuple[tuple[str | Promise, str, bool], ...] = (
        (_("Call opens"), dates.day(opens), opens <= moment),
        (_("Call closes"), dates.moment(closes), closes <= moment),
        (_("Selection"), dates.day_range(chosen_from, chosen_by), chosen_by < today),
        (_("Decisions"), dates.day(round_.decisions_on), round_.decisions_on < today),
        (_("Kick-off"), dates.day(round_.kickoff_on), round_.kickoff_on < today),
        (_("MINNO-fest"), dates.day(round_.fest_on), round_.fest_on < today),
        (_("Outcomes"), dates.month(round_.evaluation_on), round_.evaluation_on < today),
    )
    done = sum(is_past for _label, _when, is_past in course)
    return [
        Point(label, when, "done" if n < done else "now" if n == done else "todo")
        for n, (label, when, _past) in enumerate(course)
    ]


def calendar_file(round_: Round) -> bytes:
    """Return the round's dates as an iCalendar file whose events keep their identity when moved."""
    return _calendar(gettext("MINNO round %(code)s") % {"code": round_.code}, [round_])


def calendar_feed(rounds: Iterable[Round]) -> bytes:
    """Return the dates of several rounds as a calendar that programs fetch anew (RFC 7986)."""
    return _calendar(gettext("MINNO rounds"), rounds, refreshed=True)


def _calendar(name: str, rounds: Iterable[Round], *, refreshed: bool = False) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//MINNO portal//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    if refreshed:
        calendar.add("refresh-interval", REFRESHED_EVERY, {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", REFRESHED_EVERY_TEXT)
    for round_ in rounds:
        for field, label in _events():
            value = getattr(round_, field)
            if value is not None:
                calendar.add_component(_event(round_, field, label, value))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _events() -> tuple[tuple[str, str], ...]:
    return (
        ("call_closes_at", gettext("The call for challenges closes")),
        ("decisions_on", gettext("Decisions are told to everybody by today")),
        ("kickoff_on", gettext("Kick-off of the projects")),
        ("midreview_on", gettext("Mid-review")),
        ("fest_on", gettext("MINNO-fest")),
        ("feedback_on", gettext("Feedback is asked")),
    )


def _event(round_: Round, field: str, label: str, value: dt.date) -> Event:
    host = urlsplit(settings.SITE_URL).hostname
    event = Event()
    event.add("uid", f"{round_.slug}-{field.replace('_', '-')}@{host}")
    event.add("dtstamp", clock.now().astimezone(dt.UTC))
    event.add("summary", f"MINNO {round_.code}: {label}")
    event.add("url", settings.SITE_URL + reverse("public-round", args=[round_.slug]))
    if isinstance(value, dt.datetime):
        moment = value.astimezone(clock.HELSINKI)
        event.add("dtstart", moment)
        event.add("dtend", moment)
    else:
        event.add("dtstart", value)
        event.add("dtend", value + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
