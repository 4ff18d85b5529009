"""Reminding once of feedback that has not been given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import Recipient
from minno_portal.outbox.telling import Due, tell
from rounds.feedback.letters import REMINDER, Unanswered, feedback_reminder
from rounds.feedback.models import FeedbackInvitation
from rounds.feedback.parties import parties_of
from rounds.planning.models import Round
from rounds.planning.reminding.plan import Fallen, plans_of
from rounds.planning.reminding.rules import Rule, on_day, series

LATE_EVENING = 23
# Whoever was asked just now is not reminded.
ASKED_BEFORE = dt.timedelta(days=2)


def people_to_answer(round_: Round) -> int | None:
    """Return how many have not answered, None while nobody was asked."""
    asked = list(round_.feedback_invitations.values_list("email", "is_answered"))
    return len({email for email, is_answered in asked if not is_answered}) if asked else None


FEEDBACK_DAY = on_day("feedback_on", _("answers are taken for the last time"), hour=LATE_EVENING)
FEEDBACK = series(
    Rule(
        "feedback-5d",
        REMINDER,
        _("five days before the last day of feedback"),
        FEEDBACK_DAY,
        days=-5,
        count=people_to_answer,
    )
)


@reminder("feedback")
def remind_of_feedback() -> int:
    """Queue one letter a person who has not answered; returns how many were queued."""
    rounds = list(
        Round.objects.filter(
            archived_at=None, feedback_on__gte=clock.today(), feedback_invitations__isnull=False
        )
        .select_related("partnership__coordinator", "partnership__institution")
        .distinct()
    )
    plans = plans_of(rounds)
    due = [
        (round_, fallen)
        for round_ in rounds
        if (fallen := plans[round_.pk].due(FEEDBACK, FEEDBACK_DAY.moment(round_)))
        and fallen.may_go_now
    ]
    dues = [each for round_, fallen in due for each in _dues(round_, fallen)]
    return tell(REMINDER, dues, feedback_reminder)


def _dues(round_: Round, fallen: Fallen) -> Iterator[Due[Unanswered]]:
    waiting = FeedbackInvitation.objects.filter(
        round=round_, is_answered=False, created_at__lte=fallen.at - ASKED_BEFORE
    )
    people = {(each.role, each.email): each for each in parties_of(round_)}
    for invitation in waiting.order_by("pk"):
        # Whoever no longer takes part is left alone.
        person = people.get((invitation.role, invitation.email))
        if person:
            yield Due(
                key=f"feedback-reminder:{invitation.pk}",
                to=Recipient(invitation.email, invitation.language, person.name),
                at=fallen.at,
                expires_at=fallen.expires_at,
                thing=Unanswered(round_, invitation, person),
                group=round_.pk,
                thread=round_.slug,
                rule=fallen.rule.name,
            )
