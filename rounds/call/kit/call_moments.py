"""The two moments of the call itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from rounds.call.kit.moments import Moment, kit_moment
from rounds.planning.models import Round


def _call(round_: Round) -> dict[str, Any] | None:
    """The call is told of until it closes; before publishing nobody could follow the link."""
    if not round_.is_published or round_.call_closes_at <= clock.now():
        return None
    return {}


OPENS = kit_moment(
    Moment(
        "opens",
        label=_("The call opens"),
        not_yet=_("These texts can be used from the publishing of the round to its deadline."),
        facts=_call,
    )
)
LAST_WEEK = kit_moment(
    Moment(
        "last-week",
        label=_("Last week of the call"),
        not_yet=_("These texts can be used from the publishing of the round to its deadline."),
        facts=_call,
    )
)
