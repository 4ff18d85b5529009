"""Asking the associations what became of the outcomes, 3, 6 and 12 months after the fest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.telling import Due, tell
from rounds.challenges.letters import addressees, recipients_of
from rounds.challenges.models import Challenge
from rounds.outcomes.letters import FOLLOW_UP, follow_up
from rounds.outcomes.services import HAS_OUTCOMES
from rounds.planning.models import Round
from rounds.planning.reminding.plan import Fallen, any_may_go, plans_of
from rounds.planning.reminding.rules import MORNING, Anchor, Rule, series
from rounds.projects.reminders import chosen, chosen_in

# Asked later than a month after the day, the question would come too near to the next one.
LASTS = 30
LONGEST = dt.timedelta(days=366 + 2 * LASTS)


def associations_to_ask(round_: Round) -> int | None:
    """Return how many people would be asked now, None before decisions are told."""
    if round_.announced_at is None:
        return None
    had_project = [each for each in chosen_in(round_) if each.status in HAS_OUTCOMES]
    return len({email for each in had_project for email in addressees(each)})


def _day(place: int) -> Callable[[Round], dt.datetime]:
    return lambda round_: clock.helsinki(round_.follow_ups[place], MORNING.hour)


def _rule(place: int, months: int, words: Promise) -> tuple[Rule, ...]:
    anchor = Anchor(f"follow_up_{months}", words, _day(place))
    return series(
        Rule(
            f"follow-up-{months}m",
            FOLLOW_UP,
            words,
            anchor,
            days=0,
            lasts=LASTS,
            count=associations_to_ask,
        )
    )


FOLLOW_UPS = (
    _rule(0, 3, _("three months after the MINNO-fest")),
    _rule(1, 6, _("six months after the MINNO-fest")),
    _rule(2, 12, _("twelve months after the MINNO-fest")),
)


@reminder("follow-ups")
def ask_what_became() -> int:
    """Queue one letter a person for the questions that are due; returns how many were queued.

    Rounds in the archive are asked after, too: that is when the answers come.
    """
    today = clock.today()
    rounds = list(
        Round.objects.filter(
            announced_at__isnull=False, fest_on__lt=today, fest_on__gt=today - LONGEST
        )
    )
    plans = plans_of(rounds)
    due = {
        (round_, rules[0].name): fallen
        for round_ in rounds
        for rules in FOLLOW_UPS
        if (fallen := plans[round_.pk].due(rules, rules[0].anchor.moment(round_)))
    }
    return tell(FOLLOW_UP, _dues(due), follow_up) if any_may_go(due.values()) else 0


def _dues(due: dict[tuple[Round, str], Fallen]) -> Iterator[Due[Challenge]]:
    rounds = {round_ for round_, _name in due}
    had_project = list(chosen().filter(round__in=rounds, status__in=HAS_OUTCOMES).order_by("pk"))
    people = recipients_of(had_project)
    for (round_, name), fallen in due.items():
        for challenge in had_project:
            if challenge.round_id != round_.pk:
                continue
            for to in people[challenge.pk]:
                yield Due(
                    key=f"{name}:{challenge.pk}:{to.email}",
                    to=to,
                    at=fallen.at,
                    expires_at=fallen.expires_at,
                    thing=challenge,
                    group=round_.pk,
                    thread=round_.slug,
                    rule=name,
                )
