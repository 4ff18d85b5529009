"""What of the selection waits for a person: assessing, sending, answering, telling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

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
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.models import Assessment, Proposal
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
    for pk, asked, count, is_shared in _left_to_assess(user, rounds):
        # Where people have been asked by name, nobody else is waited for.
        if asked or not is_shared:
            round_ = rounds[pk]
            url = reverse("assess-next", args=(round_.slug,))
            yield Waiting(_said(asked, count, round_.code), url, _by(round_.packet_on))


def _left_to_assess(user: User, rounds: Iterable[int]) -> Iterable[tuple[int, int, int, bool]]:
    """Return, by round, how many the user was asked for and how many there are, undone.

    Last comes whether anybody has been asked by name (one query).
    """
    mine = Assessment.objects.filter(challenge=OuterRef("pk"), assessor=user, done_at__isnull=False)
    aside = Recusal.objects.filter(challenge=OuterRef("pk"), user=user)
    asked = Assignment.objects.filter(challenge=OuterRef("pk"), assessor=user)
    shared = Assignment.objects.filter(challenge__round=OuterRef("round"))
    rows = (
        Challenge.objects.filter(~Exists(mine), ~Exists(aside))
        .filter(round__in=rounds, status__in=ASSESSABLE)
        .exclude(organisation__in=user.ties.conflicting)
        .order_by()
        .annotate(is_shared=Exists(shared))
        .values("round", "is_shared")
        .annotate(asked=Count("pk", filter=Exists(asked)), count=Count("pk"))
    )
    return rows.values_list("round", "asked", "count", "is_shared")


def _said(asked: int, count: int, code: str) -> str:
    if asked:
        text = ngettext(
            "Assess one challenge that you were asked for in round %(code)s",
            "Assess %(count)d challenges that you were asked for in round %(code)s",
            asked,
        )
        return text % {"count": asked, "code": code}
    text = ngettext(
        "Assess one challenge of round %(code)s",
        "Assess %(count)d challenges of round %(code)s",
        count,
    )
    return text % {"count": count, "code": code}


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
