"""Reminding the institution of proposals that wait while the day of telling comes near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Exists
from django.utils.translation import gettext_lazy as _

from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import Recipient
from minno_portal.outbox.telling import Due, tell
from organisations.membership.enums import Role
from organisations.membership.models import Membership
from organisations.people.models import User
from rounds.planning.models import Round
from rounds.planning.reminding.plan import any_may_go, plans_of
from rounds.planning.reminding.rules import Rule, on_day, series
from rounds.selection.models import Proposal
from rounds.selection.proposing.letters import PACKET_REMINDER, Unanswered, packet_reminder


def staff_waited_for(round_: Round) -> int | None:
    """Return how many people are to answer, None while no proposal waits."""
    waiting = Proposal.objects.waiting().filter(packet__round=round_)
    staff = Membership.objects.filter(
        Exists(waiting),
        organisation=round_.partnership.institution_id,
        role=Role.STAFF,
        user__is_active=True,
    )
    return staff.count() or None


# The day itself still counts: reminders fall due in the mornings before it.
DECISIONS_DAY = on_day("decisions_on", _("decisions are told"))
PACKETS = series(
    Rule(
        "packet-3d",
        PACKET_REMINDER,
        _("three days before decisions are told"),
        DECISIONS_DAY,
        days=-3,
        count=staff_waited_for,
    ),
    Rule(
        "packet-1d",
        PACKET_REMINDER,
        _("a day before decisions are told"),
        DECISIONS_DAY,
        days=-1,
        count=staff_waited_for,
    ),
)


@reminder("packets")
def remind_of_packets() -> int:
    """Queue one letter a person for the proposals that wait; returns how many were queued."""
    waiting = _rounds_waiting()
    plans = plans_of(each.round for each in waiting)
    due = [
        (each, fallen)
        for each in waiting
        if (fallen := plans[each.round.pk].due(PACKETS, DECISIONS_DAY.moment(each.round)))
    ]
    if not any_may_go(fallen for _each, fallen in due):
        return 0
    staff = _staff_of(each.round.partnership.institution_id for each, _fallen in due)
    return tell(
        PACKET_REMINDER,
        [
            Due(
                key=f"{fallen.rule.name}:{each.round.pk}:{person.pk}",
                to=Recipient.of(person),
                at=fallen.at,
                expires_at=fallen.expires_at,
                thing=each,
                group=each.round.partnership_id,
                thread=each.round.slug,
                rule=fallen.rule.name,
            )
            for each, fallen in due
            for person in staff[each.round.partnership.institution_id]
        ],
        packet_reminder,
    )


def _rounds_waiting() -> list[Unanswered]:
    counts = dict(
        Proposal.objects.waiting()
        .filter(packet__round__archived_at=None)
        .values_list("packet__round")
        .annotate(count=Count("pk"))
        .order_by("packet__round")
    )
    rounds = Round.objects.select_related(
        "partnership__coordinator", "partnership__institution"
    ).in_bulk(list(counts))
    return [Unanswered(rounds[pk], count) for pk, count in counts.items()]


def _staff_of(institutions: Iterable[int]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = defaultdict(list)
    ids = set(institutions)
    if not ids:
        return found
    memberships = Membership.objects.filter(
        organisation__in=ids, role=Role.STAFF, user__is_active=True
    ).select_related("user")
    for membership in memberships.order_by("user__email"):
        found[membership.organisation_id].append(membership.user)
    return found
