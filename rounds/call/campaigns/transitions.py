"""The life of a campaign as a table."""

from __future__ import annotations

from minno_portal.transitions import Transition, TransitionTable
from rounds.call.campaigns.enums import Status
from rounds.call.campaigns.models import Campaign

_UNSENT = frozenset({Status.DRAFT.value, Status.HELD.value})
_SENDING = frozenset({Status.SENDING.value})

TABLE = TransitionTable(
    Transition("edit", _UNSENT, Status.DRAFT, "rounds.write_campaign"),
    # Ready to be looked at and sent, by whoever coordinates the round.
    Transition("hold", _UNSENT, Status.HELD, "rounds.write_campaign"),
    Transition("send", frozenset({Status.HELD.value}), Status.SENDING, "rounds.send_campaign"),
    Transition("stop", _SENDING, Status.STOPPED, "rounds.send_campaign"),
    # When nothing is left to send; the portal itself does it.
    Transition("finish", _SENDING, Status.SENT, "rounds.finish_campaign"),
)


def lock_campaign(campaign_id: int) -> Campaign:
    """Return the campaign with its round, locked until the transaction ends.

    :raises Campaign.DoesNotExist: when there is no such campaign.
    """
    found: Campaign = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("round__partnership__coordinator", "round__partnership__institution")
        .get(pk=campaign_id)
    )
    return found
