"""Reminding assessors of what they have left before the packet goes to the institution."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import Recipient
from minno_portal.outbox.telling import Due, tell
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.planning.reminding.plan import plans_of
from rounds.planning.reminding.rules import Rule, on_day, series
from rounds.selection.assessing.letters import REMINDER, Left, assess_reminder
from rounds.selection.assessing.workload import workloads_of


def assessors_waiting(round_: Round) -> int | None:
    """Return how many people have something left to assess, None outside the time for it."""
    if not round_.call_closes_at <= clock.now() or round_.packet_on < clock.today():
        return None
    return len(list(_left_in([round_])))


# The day itself still counts: reminders fall due in the mornings before it.
PACKET_DAY = on_day("packet_on", _("the packet goes to the institution"))
ASSESSMENTS = series(
    Rule(
        "assess-3d",
        REMINDER,
        _("three days before the packet goes to the institution"),
        PACKET_DAY,
        days=-3,
        count=assessors_waiting,
    ),
    Rule(
        "assess-1d",
        REMINDER,
        _("a day before the packet goes to the institution"),
        PACKET_DAY,
        days=-1,
        count=assessors_waiting,
    ),
)


@reminder("assessments")
def remind_of_assessments() -> int:
    """Queue one letter a person for the rounds of one day; returns how many were queued."""
    rounds = _rounds_being_assessed()
    plans = plans_of(rounds)
    due = {
        round_.pk: fallen
        for round_ in rounds
        if (fallen := plans[round_.pk].due(ASSESSMENTS, PACKET_DAY.moment(round_)))
    }
    if not due:
        return 0
    return tell(
        REMINDER,
        [
            Due(
                key=f"{due[left.round.pk].rule.name}:{left.round.pk}:{person.pk}",
                to=Recipient.of(person),
                at=due[left.round.pk].at,
                expires_at=due[left.round.pk].expires_at,
                thing=left,
                group=left.round.partnership_id,
                thread=left.round.slug,
                rule=due[left.round.pk].rule.name,
            )
            for person, left in _left_in([each for each in rounds if each.pk in due])
        ],
        assess_reminder,
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


def _left_in(rounds: list[Round]) -> Iterator[tuple[User, Left]]:
    for load in workloads_of(rounds).values():
        for each in load.people:
            # What is in the packet already can be assessed, but nobody waits for it.
            waiting = [one for one in load.left_for(each.user) if one.status != Status.PROPOSED]
            if waiting:
                yield each.user, Left(load.round, len(waiting))
