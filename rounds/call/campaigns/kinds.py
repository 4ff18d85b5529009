"""The letters of campaigns: one kind a purpose, each with a text that can be sent as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.kinds import Text
from minno_portal.outbox.services import Kind, Placeholder, letter_kind
from rounds.call.campaigns.enums import Purpose
from rounds.planning.models import Round

_COMMON = (
    Placeholder("organisation", _("the association’s name")),
    Placeholder("institution", _("the institution")),
    Placeholder("coordinator", _("the coordinating organisation")),
    Placeholder("code", _("the round’s code")),
    Placeholder("opens", _("when the call opens")),
    Placeholder("deadline", _("when the call closes")),
    Placeholder("kickoff", _("day of the kick-off")),
    Placeholder("fest", _("day of the MINNO-fest")),
    Placeholder("dates", _("the dates of the round, a line each")),
    Placeholder("link", _("link to the round’s public page"), is_required=True),
)
_CHOSEN = Placeholder("chosen", _("the chosen challenges, a line each"))
_OCCASIONS: Mapping[Purpose, Text] = {
    Purpose.CALL: _("when the coordinator sends it, as the call opens"),
    Purpose.LAST_WEEK: _("when the coordinator sends it, a week before the call closes"),
    Purpose.CHOSEN: _("when the coordinator sends it, after the decisions have been told"),
    Purpose.FEST: _("when the coordinator sends it, some weeks before the MINNO-fest"),
    Purpose.OUTCOMES: _("when the coordinator sends it, as outcomes have been published"),
    Purpose.OTHER: _("when the coordinator sends it"),
}


def _kind(purpose: Purpose) -> Kind:
    return letter_kind(
        Kind(
            f"campaign-{purpose.value}",
            label=purpose.label,
            reader=_("the associations of the register that the coordinator chooses"),
            occasion=_OCCASIONS[purpose],
            placeholders=(*_COMMON, _CHOSEN) if purpose == Purpose.CHOSEN else _COMMON,
        )
    )


KINDS: Mapping[str, Kind] = {purpose.value: _kind(purpose) for purpose in Purpose}


def last_moment(purpose: str, round_: Round) -> dt.datetime | None:
    """Return the moment after which a letter of this purpose would only confuse, if any."""
    if purpose in (Purpose.CALL, Purpose.LAST_WEEK):
        return round_.call_closes_at
    if purpose == Purpose.FEST:
        return clock.helsinki(round_.fest_on, 18)
    return None
