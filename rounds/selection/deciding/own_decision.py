"""What an association sees of its decision: the reason, what comes next, and what it can do."""

from __future__ import annotations

from typing import Any

from minno_portal import clock
from minno_portal.waiting import Panel
from organisations.people.models import User
from rounds.challenges.afterwards.told import Told, tells_decision
from rounds.challenges.enums import TAKES_PLACE, Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.deciding.feedback import may_wish
from rounds.selection.models import Decision

TEMPLATE = "rounds/selection/deciding/own_decision.html"


@tells_decision
def told(challenge: Challenge, user: User) -> Told | None:
    """Return the decision that was told last (one query, another where the next call is sought)."""
    decision = (
        Decision.objects.filter(challenge=challenge, announced_at__isnull=False)
        .select_related("challenge__participation", "challenge__feedback_wish")
        .order_by("announced_at", "pk")
        .last()
    )
    if decision is None or decision.announced_at is None:
        return None
    context = {
        "challenge": challenge,
        "round": challenge.round,
        "decision": decision,
        "is_chosen": challenge.told_status in TAKES_PLACE,
        "participation": getattr(decision.challenge, "participation", None),
        "wish": getattr(decision.challenge, "feedback_wish", None),
        "may_wish": may_wish(challenge),
        **_next_round(challenge),
    }
    return Told(decision.announced_at, Panel(TEMPLATE, context))


def _next_round(challenge: Challenge) -> dict[str, Any]:
    """Return the open rounds that the text can be carried over to, else the one that opens next."""
    if challenge.told_status not in (Status.RESERVE, Status.NOT_SELECTED):
        return {}
    moment = clock.now()
    published = Round.objects.published().filter(call_closes_at__gt=moment)
    rounds = list(published.exclude(pk=challenge.round_id).order_by("call_opens_at", "pk"))
    return {
        "carries_over": True,
        "open_rounds": [each for each in rounds if each.call_opens_at <= moment],
        "next_round": next((each for each in rounds if each.call_opens_at > moment), None),
    }
