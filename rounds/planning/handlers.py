"""What planning adds to the first page: the duties that a round's calendar brings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minno_portal import clock
from minno_portal.waiting import Waiting, provides_waiting
from organisations.models import User
from rounds.planning import exports
from rounds.planning.mine import rounds_of
from rounds.planning.models import Round
from rounds.planning.outbox.waiting import letters_waiting
from rounds.planning.pages import fetch_phases, phase_strip

__all__ = ["calendar_duties", "duties_of", "exports", "letters_waiting", "working_rounds"]

CLOSING_SOON = dt.timedelta(days=14)
COMING_SOON = dt.timedelta(days=7)
LOGGED_AFTERWARDS = dt.timedelta(days=60)
_COMING = {
    "contract_on": gettext_lazy("Contracts of round %(code)s"),
    "midreview_on": gettext_lazy("Mid-review of round %(code)s"),
    "fest_on": gettext_lazy("MINNO-fest of round %(code)s"),
    "evaluation_on": gettext_lazy("Evaluation of round %(code)s"),
}
_END_OF_DAY = 16


def working_rounds(user: User) -> list[Round]:
    """Return the rounds that still ask something of `user`, with their phases (two queries)."""
    since = clock.today() - LOGGED_AFTERWARDS
    found = [round_ for round_ in rounds_of(user) if round_.evaluation_on >= since]
    fetch_phases(found)
    return found


@provides_waiting
def calendar_duties(user: User) -> Iterator[Waiting]:
    """Tell what the calendars of the user's rounds ask for now."""
    if user.ties.coordinator or user.ties.staff:
        for round_ in working_rounds(user):
            yield from duties_of(round_, user)


def duties_of(round_: Round, user: User) -> Iterator[Waiting]:
    """Tell what one round's calendar asks of `user`: more of its coordinator than of the staff."""
    if round_.partnership.is_coordinated_by(user):
        yield from _publishing(round_)
        yield from _closing(round_)
        yield from _logging(round_)
    if round_.partnership.is_coordinated_by(user) or round_.partnership.is_hosted_by(user):
        yield from _coming(round_)


def _publishing(round_: Round) -> Iterator[Waiting]:
    if round_.published_at is not None:
        return
    if round_.call_closes_at <= clock.now():
        yield Waiting(
            _("Move the dates of round %(code)s") % {"code": round_.code},
            reverse("round-calendar", args=(round_.slug,)),
            round_.call_closes_at,
            _("It was not published before its call would have closed."),
            thread=round_.slug,
        )
    else:
        yield Waiting(
            _("Publish round %(code)s") % {"code": round_.code},
            reverse("round", args=(round_.slug,)),
            round_.call_opens_at,
            _("The call opens by itself when the round has been published."),
            thread=round_.slug,
        )


def _closing(round_: Round) -> Iterator[Waiting]:
    left = round_.call_closes_at - clock.now()
    if round_.call_is_open and left <= CLOSING_SOON:
        yield Waiting(
            _("The call of round %(code)s closes") % {"code": round_.code},
            reverse("round-challenges", args=(round_.slug,)),
            round_.call_closes_at,
            ngettext("%(count)s day left", "%(count)s days left", left.days) % {"count": left.days},
            thread=round_.slug,
        )


def _logging(round_: Round) -> Iterator[Waiting]:
    over = [
        str(step.number)
        for step in phase_strip(round_)
        if step.state == "done" and step.estimated and not step.logged
    ]
    late = clock.today() > round_.evaluation_on + LOGGED_AFTERWARDS
    if over and round_.is_published and not late:
        yield Waiting(
            _("Log working time for round %(code)s") % {"code": round_.code},
            reverse("round-work", args=(round_.slug,)),
            detail=ngettext(
                "Nothing logged for phase %(numbers)s",
                "Nothing logged for phases %(numbers)s",
                len(over),
            )
            % {"numbers": ", ".join(over)},
            thread=round_.slug,
        )


def _coming(round_: Round) -> Iterator[Waiting]:
    if not round_.is_published:
        return
    today = clock.today()
    for name, words in _COMING.items():
        day = getattr(round_, name)
        if day is not None and today <= day <= today + COMING_SOON:
            yield Waiting(
                str(words) % {"code": round_.code},
                reverse("round-calendar", args=(round_.slug,)),
                clock.helsinki(day, _END_OF_DAY),
                thread=round_.slug,
            )
