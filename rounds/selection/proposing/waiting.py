"""What the institution sent back waits on the coordinator's first page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import ngettext

from minno_portal import clock
from minno_portal.waiting import Waiting, provides_waiting
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.mine import coordinated_rounds
from rounds.selection.due import end_of
from rounds.selection.enums import Answer
from rounds.selection.models import Proposal


@provides_waiting
def returned_proposals(user: User) -> Iterator[Waiting]:
    """Yield a line a round with challenges in which the institution asks for a change."""
    rounds = {
        round_.pk: round_
        for round_ in coordinated_rounds(user)
        if round_.evaluation_on >= clock.today()
    }
    if not rounds or not _ever_returned(rounds):
        return
    latest = Proposal.objects.filter(challenge=OuterRef("pk")).order_by("-packet__number")
    rows = (
        Challenge.objects.filter(round__in=rounds, status__in=(Status.SUBMITTED, Status.RESERVE))
        .annotate(last_answer=Subquery(latest.values("answer")[:1]))
        .filter(last_answer=Answer.CHANGE)
        .order_by()
        .values_list("round")
        .annotate(count=Count("pk"))
    )
    for pk, count in rows:
        round_ = rounds[pk]
        text = ngettext(
            "%(institution)s asks for a change in one challenge of round %(code)s",
            "%(institution)s asks for a change in %(count)d challenges of round %(code)s",
            count,
        ) % {
            "institution": round_.partnership.institution.shown_name,
            "count": count,
            "code": round_.code,
        }
        due_at = end_of(round_.decisions_on)
        yield Waiting(text, reverse("packet-send", args=(round_.slug,)), due_at)


def _ever_returned(rounds: Iterable[int]) -> bool:
    """Whether any change was ever asked for: a quick answer for most of a round's year."""
    return Proposal.objects.filter(answer=Answer.CHANGE, packet__round__in=rounds).exists()
