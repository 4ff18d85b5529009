"""The chosen challenges as a moment to tell the public of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from rounds.call.kit.moments import Moment, kit_moment
from rounds.challenges.models import Challenge
from rounds.planning.models import Round


def chosen(round_: Round) -> dict[str, Any] | None:
    """Return the challenges that everybody may know of; None while there are none."""
    challenges = list(
        Challenge.objects.public()
        .filter(round=round_)
        .select_related("organisation")
        .order_by("number")
    )
    return {"challenges": challenges} if challenges else None


CHOSEN = kit_moment(
    Moment(
        "chosen",
        label=_("The chosen challenges"),
        not_yet=_(
            "These texts appear when the decisions have been told and an association permits "
            "publishing."
        ),
        facts=chosen,
    )
)
