"""The institution's consent: whether its latest answer lets a challenge have a place.

Who is in reserve with it moves up in its order; who is there without it is proposed in a packet.
"""

from __future__ import annotations

from django.db.models import BooleanField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from rounds.selection.enums import Answer, Outcome
from rounds.selection.models import Proposal

_CONSENTS = Q(answer=Answer.AGREE) & ~Q(suggested=Outcome.NOT_SELECTED)


def has_consent() -> Coalesce:
    """Return an expression for queries of challenges: an earlier answer yields to a later one."""
    answered = Proposal.objects.filter(challenge=OuterRef("pk")).exclude(answer="")
    latest = answered.order_by("-packet__number").annotate(consents=_CONSENTS)
    found = Subquery(latest.values("consents")[:1], output_field=BooleanField())
    return Coalesce(found, Value(value=False))
