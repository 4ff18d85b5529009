"""What of the selection waits for a person: assessing, sending, answering, telling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal import clock
from minno_portal.waiting import Waiting, provides_waiting
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.models import Assessment, Decision, Proposal
from rounds.selection.standings import ASSESSABLE

CLOSE_OF_BUSINESS = 16


def _by(day: dt.date) -> dt.datetime:
    return clock.helsinki(day, CLOSE_OF_BUSINESS)


@provides_waiting
def challenges_to_assess(user: User) -> Iterator[Waiting]:
    """Yield a line a round in which the user has challenges to assess."""
    if not user.ties.coordinator | user.ties.staff:
        return
    partnership = "round__partnership__"
    mine = Assessment.objects.filter(challenge=OuterRef("pk"), assessor=user, done_at__isnull=False)
    rows = (
        Challenge.objects.filter(
            Q(**{f"{partnership}coordinator__in": user.ties.coordinator})
            | Q(**{f"{partnership}institution__in": user.ties.staff}),
            ~Exists(mine),
            status__in=ASSESSABLE,
            # A round that is over asks for nothing any more, however it was left.
            round__evaluation_on__gte=clock.today(),
        )
        .exclude(organisation__in=user.ties.every)
        .values_list("round__slug", "round__number", "round__year", "round__packet_on")
        .annotate(count=Count("pk"))
        .order_by("round__packet_on")
    )
    for slug, number, year, packet_on, count in rows:
        text = ngettext(
            "Assess one challenge of round %(code)s",
            "Assess %(count)d challenges of round %(code)s",
            count,
        ) % {"count": count, "code": f"{number}/{year}"}
        yield Waiting(text, reverse("round-selection", args=(slug,)), _by(packet_on))


@provides_waiting
def packets_to_send(user: User) -> Iterator[Waiting]:
    """Yield a line a round whose call has closed and whose challenges wait for being proposed."""
    if not user.ties.coordinator:
        return
    submitted = Challenge.objects.filter(round=OuterRef("pk"), status=Status.SUBMITTED)
    rounds = Round.objects.filter(
        Exists(submitted),
        partnership__coordinator__in=user.ties.coordinator,
        call_closes_at__lte=clock.now(),
        evaluation_on__gte=clock.today(),
    ).select_related("partnership__institution")
    for round_ in rounds.order_by("packet_on"):
        text = _("Send the packet of round %(code)s to %(institution)s") % {
            "code": round_.code,
            "institution": round_.partnership.institution.shown_name,
        }
        yield Waiting(text, reverse("packet-send", args=(round_.slug,)), _by(round_.packet_on))


@provides_waiting
def proposals_to_answer(user: User) -> Iterator[Waiting]:
    """Yield a line a round whose proposals the user can answer."""
    if not user.ties.staff:
        return
    rows = (
        Proposal.objects.answerable_by(user)
        .values_list(
            "packet__round",
            "packet__round__number",
            "packet__round__year",
            "packet__round__decisions_on",
        )
        .annotate(count=Count("pk"))
        .order_by("packet__round__decisions_on")
    )
    for pk, number, year, decisions_on, count in rows:
        text = ngettext(
            "Answer one proposal of round %(code)s",
            "Answer %(count)d proposals of round %(code)s",
            count,
        ) % {"count": count, "code": f"{number}/{year}"}
        url = f"{reverse('admin:rounds_proposal_changelist')}?round={pk}"
        yield Waiting(text, url, _by(decisions_on))


@provides_waiting
def decisions_to_announce(user: User) -> Iterator[Waiting]:
    """Yield a line a round whose decisions are made and can be told."""
    if not user.ties.coordinator:
        return
    proposed = Challenge.objects.filter(round=OuterRef("pk"), status=Status.PROPOSED)
    untold = (
        Decision.objects.standing()
        .filter(challenge__round=OuterRef("pk"), announced_at=None)
        .exclude(challenge__status=Status.WITHDRAWN)
    )
    rounds = Round.objects.filter(
        ~Exists(proposed), Exists(untold), partnership__coordinator__in=user.ties.coordinator
    )
    for round_ in rounds.order_by("decisions_on"):
        text = _("Tell the decisions of round %(code)s") % {"code": round_.code}
        url = reverse("decisions-announce", args=(round_.slug,))
        yield Waiting(text, url, _by(round_.decisions_on))
