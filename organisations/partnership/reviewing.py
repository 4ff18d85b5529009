"""Once a year both parties are reminded to go through their ground rules together.

DOMAIN.md's partnership: the ground rules are reviewed in a joint meeting at least once a year. The
year is counted from the day on which the agreement began.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from minno_portal import clock, dates
from minno_portal.outbox.daytime import OPENS
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import Kind, Placeholder, letter_kind
from minno_portal.outbox.telling import Content, Due, tell
from minno_portal.workdays import months_after
from organisations.partnership.models import Partnership
from organisations.partnership.people import readers_of

# So long before the anniversary, so that a time for the meeting is still found.
NOTICE = dt.timedelta(weeks=4)
MONTHS_A_YEAR = 12

REVIEW = letter_kind(
    Kind(
        "ground-rules-review",
        label=_("Time to go through the ground rules"),
        reader=_("the coordinator’s people and the institution’s staff"),
        occasion=_("four weeks before each anniversary of the agreement"),
        placeholders=(
            Placeholder("coordinator", _("the coordinating organisation"), is_required=True),
            Placeholder("institution", _("the educational institution"), is_required=True),
            Placeholder("day", _("the day"), is_required=True),
        ),
        in_daytime=True,
        is_of_round=False,
    )
)


def anniversary_ahead(partnership: Partnership, today: dt.date) -> dt.date | None:
    """Return the next anniversary of the agreement, today's too; None when it ends before."""
    years = max(today.year - partnership.agreed_from.year, 1)
    day = months_after(partnership.agreed_from, years * MONTHS_A_YEAR)
    if day < today:
        day = months_after(partnership.agreed_from, (years + 1) * MONTHS_A_YEAR)
    ends = partnership.agreed_until
    return day if ends is None or day <= ends else None


@reminder("ground-rules-review")
def remind_of_ground_rules() -> int:
    """Queue one letter a person and year; returns how many were queued."""
    return tell(REVIEW, _dues(), write_review)


def write_review(reviewed: Sequence[tuple[Partnership, dt.date]]) -> Content:
    """Return the content of the letter about a partnership's review."""
    partnership, day = reviewed[0]
    return Content(
        values=lambda _to: {
            "coordinator": partnership.coordinator.shown_name,
            "institution": partnership.institution.shown_name,
            "day": dates.weekday_day(day),
        },
        sender=partnership.sender,
        about=partnership,
    )


def _dues() -> Iterator[Due[tuple[Partnership, dt.date]]]:
    reviewed = dict(_in_notice(clock.today()))
    readers = readers_of(reviewed)
    for partnership, day in reviewed.items():
        for to in readers[partnership.pk]:
            yield Due(
                key=f"ground-rules:{partnership.pk}:{day.year}:{to.email}",
                to=to,
                at=clock.helsinki(day - NOTICE, OPENS),
                expires_at=clock.helsinki(day + dt.timedelta(days=1), 0),
                thing=(partnership, day),
                group=partnership.pk,
            )


def _in_notice(today: dt.date) -> Iterator[tuple[Partnership, dt.date]]:
    for partnership in Partnership.objects.select_related("coordinator", "institution"):
        day = anniversary_ahead(partnership, today)
        if day is not None and day - NOTICE <= today:
            yield partnership, day
