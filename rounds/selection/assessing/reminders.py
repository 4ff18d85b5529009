"""Reminding assessors of what they have left before the packet goes to the institution."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import Recipient
from minno_portal.outbox.telling import Due, tell
from organisations.membership.models import Membership
from organisations.partnership.people import acting_for
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.planning.reminding.plan import any_may_go, plans_of
from rounds.planning.reminding.rules import Rule, on_day, series
from rounds.selection.assessing.letters import REMINDER, Left, assess_reminder
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.assessing.workload import workloads_of
from rounds.selection.enums import ASSESSED_APART
from rounds.selection.models import Assessment


def assessors_waiting(round_: Round) -> int | None:
    """Return how many people have something left to assess, None outside the time for it.

    The same as `Workload.left_for` says, in one query.
    """
    if not round_.call_closes_at <= clock.now() or round_.packet_on < clock.today():
        return None
    found: int | None = getattr(round_, "_assessors_waiting", None)
    if found is None:
        found = _people_with_something_left(round_).count()
        round_._assessors_waiting = found  # type: ignore[attr-defined]  # noqa: SLF001 (a cache)
    return found


def _people_with_something_left(round_: Round) -> QuerySet[User]:
    person, partnership = OuterRef(OuterRef("pk")), round_.partnership
    pair = {"challenge": OuterRef("pk")}
    asked = Assignment.objects.filter(challenge__round=round_)
    left = Challenge.objects.submitted().filter(
        ~Exists(Assessment.objects.filter(assessor=person, done_at__isnull=False, **pair)),
        ~Exists(Recusal.objects.filter(user=person, **pair)),
        ~Exists(Membership.objects.filter(user=person, organisation=OuterRef("organisation"))),
        Exists(asked.filter(assessor=person, **pair))
        | ~Exists(asked.exclude(challenge__status=Status.WITHDRAWN)),
        round=round_,
        status__in=ASSESSED_APART,
    )
    people = Membership.objects.filter(acting_for([partnership]), user=OuterRef("pk"))
    changed = Assessment.objects.to_look_at_again().filter(
        assessor=OuterRef("pk"), challenge__round=round_
    )
    return User.objects.filter(Exists(people), Exists(left) | Exists(changed), is_active=True)


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
    if not any_may_go(due.values()):
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
            new = [one for one in load.left_for(each.user) if one.status in ASSESSED_APART]
            changed = load.changed_for(each.user)
            if new or changed:
                yield each.user, Left(load.round, len(new), len(changed))
