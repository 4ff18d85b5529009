"""What this step adds to the desk: feedback waits to be asked from the fest to the feedback day."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from minno_portal import clock
from minno_portal.waiting import Waiting, provides_waiting
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.feedback import exports, reminders
from rounds.feedback.letters import closes_at
from rounds.feedback.models import FeedbackInvitation
from rounds.feedback.parties import HAD_PROJECT
from rounds.planning.mine import coordinated_rounds
from rounds.planning.models import Round

__all__ = ["exports", "feedback_to_ask", "reminders"]


@provides_waiting
def feedback_to_ask(user: User) -> Iterator[Waiting]:
    """Tell the coordinator of rounds whose closing event has been and nobody was asked."""
    today = clock.today()
    now = [
        each.pk for each in coordinated_rounds(user) if each.fest_on <= today <= each.feedback_on
    ]
    if not now:
        return
    in_round = {"round": OuterRef("pk")}
    rounds = Round.objects.filter(
        Exists(Challenge.objects.filter(status__in=HAD_PROJECT, **in_round)),
        ~Exists(FeedbackInvitation.objects.filter(**in_round)),
        pk__in=now,
    )
    for round_ in rounds:
        yield Waiting(
            text=_("Ask for feedback on round %(code)s") % {"code": round_.code},
            url=reverse("round-feedback", args=(round_.slug,)),
            due_at=closes_at(round_),
        )
