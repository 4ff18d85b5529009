"""Reminding the institution of proposals that wait while the day of telling comes near."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Count

from minno_portal import clock
from minno_portal.outbox.reminders import latest_due, reminder
from organisations.membership.enums import Role
from organisations.membership.models import Membership
from organisations.people.models import User
from rounds.planning.models import Round
from rounds.selection.models import Proposal
from rounds.selection.proposing.letters import queue_packet_reminder

RULES = {"3d": dt.timedelta(days=3), "1d": dt.timedelta(days=1)}
MORNING = 9

Waiting = tuple[Round, int]


@reminder("packets")
def remind_of_packets() -> int:
    """Queue one letter a person for the proposals that wait; returns how many were queued."""
    by_institution: dict[tuple[int, str, dt.date], list[Waiting]] = defaultdict(list)
    for round_, count in _rounds_waiting():
        # The day itself still counts: reminders fall due in the mornings before it.
        rule = latest_due(RULES, clock.helsinki(round_.decisions_on, MORNING), clock.now())
        if rule:
            key = (round_.partnership.institution_id, rule, round_.decisions_on)
            by_institution[key].append((round_, count))
    staff = _staff_of({institution for institution, _, _ in by_institution})
    return sum(
        queue_packet_reminder(person, rounds, day=day, rule=rule)
        for (institution, rule, day), rounds in by_institution.items()
        for person in staff[institution]
    )


def _rounds_waiting() -> list[Waiting]:
    counts = dict(
        Proposal.objects.waiting()
        .values_list("packet__round")
        .annotate(count=Count("pk"))
        .order_by("packet__round")
    )
    rounds = Round.objects.select_related(
        "partnership__coordinator", "partnership__institution"
    ).in_bulk(list(counts))
    return [(rounds[pk], count) for pk, count in counts.items()]


def _staff_of(institutions: set[int]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = defaultdict(list)
    memberships = Membership.objects.filter(
        organisation__in=institutions, role=Role.STAFF, user__is_active=True
    ).select_related("user")
    for membership in memberships.order_by("user__email"):
        found[membership.organisation_id].append(membership.user)
    return found
