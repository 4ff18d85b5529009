"""The published outcomes as a moment to tell the public of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from rounds.call.kit.moments import Moment, kit_moment
from rounds.outcomes.models import Outcome
from rounds.planning.models import Round


def published(round_: Round) -> dict[str, Any] | None:
    """Return the round's published outcomes; None while there are none."""
    outcomes = list(Outcome.objects.public().filter(challenge__round=round_))
    return {"outcomes": outcomes} if outcomes else None


OUTCOMES = kit_moment(
    Moment(
        "outcomes",
        label=_("The outcomes"),
        not_yet=_("These texts appear when the first outcome has been published."),
        facts=published,
    )
)
