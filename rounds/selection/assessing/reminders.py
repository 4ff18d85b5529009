"""Reminding assessors of what they have left before the packet goes to the institution."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from minno_portal import clock
from minno_portal.outbox.reminders import latest_due, reminder
from organisations.people.models import User
from rounds.planning.models import Round
from rounds.selection.assessing.letters import Left, queue_assess_reminder
from rounds.selection.assessing.workload import workloads_of
from rounds.selection.enums import ASSESSED_APART

RULES = {"3d": dt.timedelta(days=3), "1d": dt.timedelta(days=1)}
MORNING = 9


@reminder("assessments")
def remind_of_assessments() -> int:
    """Queue one letter a person for all rounds with something left; returns how many were queued.

    A round that falls due starts the letter; what is left in the others stands in it too.
    """
    rounds = _rounds_being_assessed()
    due = {round_.pk: morning for round_ in rounds if (morning := _morning_due(round_))}
    if not due:
        return 0
    return sum(
        queue_assess_reminder(person, left, morning=max(mornings))
        for person, left in _left_by_person(rounds)
        if (mornings := [due[each.round.pk] for each in left if each.round.pk in due])
    )


def _rounds_being_assessed() -> list[Round]:
    """Return the rounds between the call and the day of the packet, the soonest first."""
    rounds = Round.objects.filter(
        archived_at=None,
        published_at__lte=clock.now(),
        call_closes_at__lte=clock.now(),
        packet_on__gte=clock.today(),
    )
    return list(
        rounds.select_related("partnership__coordinator", "partnership__institution")
        .defer("intro", "intro_fi", "intro_sv", "intro_en")
        .order_by("packet_on", "pk")
    )


def _morning_due(round_: Round) -> dt.date | None:
    """Return the day of the round's newest reminder that has fallen due, None when none has."""
    rule = latest_due(RULES, clock.helsinki(round_.packet_on, MORNING), clock.now())
    return round_.packet_on - RULES[rule] if rule else None


def _left_by_person(rounds: list[Round]) -> Iterable[tuple[User, list[Left]]]:
    people: dict[int, User] = {}
    left: dict[int, list[Left]] = defaultdict(list)
    for load in workloads_of(rounds).values():
        for each in load.people:
            people[each.user.pk] = each.user
            # What is in the packet already can be assessed, but nobody waits for it.
            new = [one for one in load.left_for(each.user) if one.status in ASSESSED_APART]
            changed = load.changed_for(each.user)
            if new or changed:
                left[each.user.pk].append(Left(load.round, len(new), len(changed)))
    return [(people[pk], found) for pk, found in left.items()]
