"""Once a week, what waits for a person of one of the two parties: the first page as a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from minno_portal import clock, dates
from minno_portal.outbox.daytime import OPENS
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import (
    Addressee,
    Kind,
    Placeholder,
    Recipient,
    absolute_url,
    letter_kind,
    queue_letter,
)
from minno_portal.waiting import Waiting, waiting_for
from minno_portal.workdays import working_day_from
from organisations.membership.enums import Role
from organisations.people.models import User

DIGEST = letter_kind(
    Kind(
        "weekly-digest",
        label=_("What waits for you this week"),
        reader=_("the coordinator’s people and the institution’s staff, unless they switch it off"),
        occasion=_("on Monday morning, or the next working day, when something waits"),
        placeholders=(
            Placeholder("things", _("how many things wait")),
            Placeholder("lines", _("what waits, with links"), is_required=True),
            Placeholder("desk_url", _("link to the first page")),
            Placeholder("settings_url", _("link to where the letter can be switched off")),
        ),
        is_editable=False,
        in_daytime=True,
    )
)


@reminder("weekly-digest")
def queue_weekly_digests() -> int:
    """Queue one letter a person in whose name something waits; returns how many were queued.

    Each person is looked at once a week, so that the letter tells how the week begins and nothing
    that turns up later.
    """
    day = digest_day(clock.today())
    expires_at = clock.helsinki(day + dt.timedelta(days=2), 0)
    if not clock.helsinki(day, OPENS) <= clock.now() < expires_at:
        return 0
    people = User.objects.filter(
        Q(weekly_digest_on=None) | Q(weekly_digest_on__lt=day),
        memberships__role__in=(Role.COORDINATOR, Role.STAFF),
        is_active=True,
        weekly_digest=True,
    )
    return sum(_queue(person, day, expires_at) for person in people.distinct().order_by("pk"))


def digest_day(today: dt.date) -> dt.date:
    """Return the day of this week's letter: Monday, or the next working day."""
    return working_day_from(today - dt.timedelta(days=today.weekday()))


def _queue(person: User, day: dt.date, expires_at: dt.datetime) -> bool:
    with translation.override(person.language):
        waiting = waiting_for(person)
    User.objects.filter(pk=person.pk).update(weekly_digest_on=day)
    year, week, _weekday = day.isocalendar()
    return bool(waiting) and queue_letter(
        DIGEST,
        key=f"weekly-digest:{year}-W{week:02d}:{person.pk}",
        to=Recipient.of(person),
        values=lambda to: digest_values(waiting, to),
        expires_at=expires_at,
    )


def digest_values(waiting: Sequence[Waiting], to: Addressee) -> dict[str, str]:
    """Return what fills the letter, in the present language."""
    return {
        "things": ngettext("one thing", "%(counter)d things", len(waiting))
        % {"counter": len(waiting)},
        "lines": "\n".join(_lines(waiting)),
        "desk_url": absolute_url("desk", language=to.language),
        "settings_url": absolute_url("me", language=to.language),
    }


def _lines(waiting: Iterable[Waiting]) -> Iterable[str]:
    for each in waiting:
        due = dates.deadline(each.due_at) if each.due_at else ""
        yield f"- {each.text}" + (f" ({due})" if due else "")
        if each.detail:
            yield f"  {each.detail}"
        yield f"  {settings.SITE_URL}{each.url}"
