"""What of the assessing waits for a person: challenges without their view, and changed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import ngettext

from minno_portal import clock
from minno_portal.waiting import Waiting, provides_waiting
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.planning.mine import rounds_of_party
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.due import end_of
from rounds.selection.enums import ASSESSED_APART
from rounds.selection.models import Assessment


@provides_waiting
def challenges_to_assess(user: User) -> Iterator[Waiting]:
    """Yield a line a round in which the user has challenges to assess, or to look at again."""
    # While the call is open, challenges are read and helped along; a round that is over asks for
    # nothing any more, however it was left.
    rounds = {
        round_.pk: round_
        for round_ in rounds_of_party(user)
        if round_.call_closes_at <= clock.now() and round_.evaluation_on >= clock.today()
    }
    if not rounds:
        return
    for left in _left_to_assess(user, rounds):
        round_ = rounds[left.round_id]
        url = reverse("assess-next", args=(round_.slug,))
        if left.new:
            yield Waiting(_said(left, round_.code), url, end_of(round_.packet_on))
        if left.changed:
            text = ngettext(
                "Look again at one challenge of round %(code)s: it has changed since you assessed",
                "Look again at %(count)d challenges of round %(code)s: "
                "they have changed since you assessed",
                left.changed,
            ) % {"count": left.changed, "code": round_.code}
            yield Waiting(text, url, end_of(round_.packet_on))


class _Left(NamedTuple):
    """What one person has left in a round.

    `asked` counts what they were asked for, `all` what anybody may assess, both without a view of
    theirs; `changed` what has changed since they gave theirs.
    """

    round_id: int
    is_shared: bool
    asked: int
    all: int
    changed: int

    @property
    def new(self) -> int:
        """How many wait: where people have been asked by name, nobody else is waited for."""
        return self.asked if self.asked or self.is_shared else self.all


def _left_to_assess(user: User, rounds: Iterable[int]) -> Iterator[_Left]:
    """Yield what the user has left, by round (one query); nothing of what was proposed waits."""
    own = Assessment.objects.filter(challenge=OuterRef("pk"), assessor=user)
    mine = own.filter(done_at__isnull=False)
    again = own.to_look_at_again()
    aside = Recusal.objects.filter(challenge=OuterRef("pk"), user=user)
    asked = Assignment.objects.filter(challenge=OuterRef("pk"), assessor=user)
    shared = Assignment.objects.filter(challenge__round=OuterRef("round"))
    rows = (
        Challenge.objects.filter(Q(~Exists(mine)) | Q(Exists(again)), ~Exists(aside))
        .filter(round__in=rounds, status__in=ASSESSED_APART)
        .exclude(organisation__in=user.ties.conflicting)
        .order_by()
        .annotate(is_shared=Exists(shared))
        .values("round", "is_shared")
        .annotate(
            asked=Count("pk", filter=Q(~Exists(mine)) & Q(Exists(asked))),
            count=Count("pk", filter=Q(~Exists(mine))),
            changed=Count("pk", filter=Q(Exists(mine))),
        )
    )
    for row in rows.values_list("round", "is_shared", "asked", "count", "changed"):
        yield _Left(*row)


def _said(left: _Left, code: str) -> str:
    if left.asked:
        text = ngettext(
            "Assess one challenge that you were asked for in round %(code)s",
            "Assess %(count)d challenges that you were asked for in round %(code)s",
            left.asked,
        )
        return text % {"count": left.asked, "code": code}
    text = ngettext(
        "Assess one challenge of round %(code)s",
        "Assess %(count)d challenges of round %(code)s",
        left.all,
    )
    return text % {"count": left.all, "code": code}
