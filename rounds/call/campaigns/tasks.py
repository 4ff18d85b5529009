"""Celery tasks of campaigns: hints only, the rows say what has to be done."""

from __future__ import annotations

from minno_portal.queue import portal_task
from rounds.call.campaigns import sending


@portal_task("campaigns.send")
def send(campaign_id: int) -> None:
    """Write the next letters of a campaign, then stand in the queue again for the rest."""
    if sending.write_batch(campaign_id):
        send.delay_on_commit(campaign_id)


@portal_task("campaigns.carry_on", expires=55)
def carry_on() -> None:
    """Bring forward campaigns that a lost worker left half sent, and end those that are sent."""
    for campaign_id in sending.unfinished():
        send.delay_on_commit(campaign_id)
