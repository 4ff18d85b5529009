"""What of the selection waits for a person: assessing, sending, answering, telling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from operator import attrgetter

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal import clock
from minno_portal.waiting import Waiting, provides_waiting
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.mine import coordinated_rounds, rounds_of_party
from rounds.selection.models import Assessment, Decision, Proposal
from rounds.selection.standings import ASSESSABLE

CLOSE_OF_BUSINESS = 16


def _by(day: dt.date) -> dt.datetime:
    return clock.helsinki(day, CLOSE_OF_BUSINESS)


@provides_waiting
def challenges_to_assess(user: User) -> Iterator[Waiting]:
    """Yield a line a round in which the user has challenges to assess."""
    # While the call is open, challenges are read and helped along; a round that is over asks for
    # nothing any more, however it was left.
    rounds = {
        round_.pk: round_
        for round_ in rounds_of_party(user)
        if round_.call_closes_at <= clock.now() and round_.evaluation_on >= clock.today()
    }
    if not rounds:
        return
    mine = Assessment.objects.filter(challenge=OuterRef("pk"), assessor=user, done_at__isnull=False)
    rows = (
        Challenge.objects.filter(~Exists(mine), round__in=rounds, status__in=ASSESSABLE)
        .exclude(organisation__in=user.ties.conflicting)
        .order_by()
        .values_list("round")
        .annotate(count=Count("pk"))
    )
    for pk, count in rows:
        round_ = rounds[pk]
        text = ngettext(
            "Assess one challenge of round %(code)s",
            "Assess %(count)d challenges of round %(code)s",
            count,
        ) % {"count": count, "code": round_.code}
        yield Waiting(text, reverse("round-selection", args=(round_.slug,)), _by(round_.packet_on))


@provides_waiting
def packets_to_send(user: User) -> Iterator[Waiting]:
    """Yield a line a round whose call has closed and whose challenges wait for being proposed."""
    closed = [
        round_
        for round_ in coordinated_rounds(user)
        if round_.call_closes_at <= clock.now() and round_.evaluation_on >= clock.today()
    ]
    if not closed:
        return
    submitted = Challenge.objects.filter(round__in=closed, status=Status.SUBMITTED).order_by()
    waiting = set(submitted.values_list("round", flat=True).distinct())
    for round_ in (each for each in closed if each.pk in waiting):
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
    mine = {round_.pk: round_ for round_ in coordinated_rounds(user)}
    if not mine:
        return
    untold = (
        Decision.objects.standing()
        .filter(challenge__round__in=mine, announced_at=None)
        .exclude(challenge__status=Status.WITHDRAWN)
        .order_by()
    )
    decided = set(untold.values_list("challenge__round", flat=True))
    if not decided:
        return
    proposed = Challenge.objects.filter(round__in=decided, status=Status.PROPOSED).order_by()
    ready = decided - set(proposed.values_list("round", flat=True))
    for round_ in sorted((mine[pk] for pk in ready), key=attrgetter("decisions_on")):
        text = _("Tell the decisions of round %(code)s") % {"code": round_.code}
        url = reverse("decisions-announce", args=(round_.slug,))
        yield Waiting(text, url, _by(round_.decisions_on))
