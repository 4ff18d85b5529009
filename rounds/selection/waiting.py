"""What of the packets waits for a person: sending and answering them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal import clock
from minno_portal.waiting import Waiting, provides_waiting
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.mine import coordinated_rounds
from rounds.selection.due import end_of
from rounds.selection.models import Proposal


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
        yield Waiting(text, reverse("packet-send", args=(round_.slug,)), end_of(round_.packet_on))


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
        yield Waiting(text, url, end_of(decisions_on))
