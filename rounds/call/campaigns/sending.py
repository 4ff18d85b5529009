"""Writing a campaign's letters into the outbox, some hundreds at a time.

Safe to run twice, also at once, and to be killed: each batch is a transaction under the campaign's
lock, and a reader has a letter or has none.
"""

from __future__ import annotations

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.many import Ready, queue_letters
from minno_portal.outbox.models import Letter as OutboxLetter
from minno_portal.outbox.services import Recipient
from minno_portal.services import service
from organisations.mailing.services import unsubscribed
from rounds.call.campaigns import links
from rounds.call.campaigns.composing import Letter, Writer
from rounds.call.campaigns.enums import Status
from rounds.call.campaigns.kinds import KINDS, last_moment
from rounds.call.campaigns.models import Campaign, CampaignRecipient
from rounds.call.campaigns.transitions import TABLE, lock_campaign

BATCH = 200


@service
def write_batch(campaign_id: int) -> bool:
    """Write the next letters of a campaign that is being sent, or finish it.

    :returns: whether there are more to write.
    """
    campaign = lock_campaign(campaign_id)
    if campaign.status != Status.SENDING:
        return False
    rows = campaign.recipients.unwritten().select_related("organisation")
    recipients = list(rows.order_by("pk")[:BATCH])
    if not recipients:
        _finish(campaign)
        return False
    _write(campaign, _without_unsubscribed(campaign, recipients))
    return True


def unfinished() -> list[int]:
    """Return the campaigns that are being sent, the oldest first."""
    under_way = Campaign.objects.under_way().order_by("approved_at", "pk")
    return list(under_way.values_list("pk", flat=True))


def _without_unsubscribed(
    campaign: Campaign, recipients: list[CampaignRecipient]
) -> list[CampaignRecipient]:
    """Leave out who has unsubscribed since the campaign was sent."""
    addresses = [each.address for each in recipients]
    gone = unsubscribed(campaign.round.partnership_id, addresses)
    left_out = [each.pk for each in recipients if each.address in gone]
    CampaignRecipient.objects.filter(pk__in=left_out).update(is_left_out=True)
    return [each for each in recipients if each.address not in gone]


def _write(campaign: Campaign, recipients: list[CampaignRecipient]) -> None:
    writer = Writer(campaign)
    ready = {each: _ready(writer, campaign, each) for each in recipients}
    letters = queue_letters(
        KINDS[campaign.purpose],
        list(ready.values()),
        sender=campaign.round.sender,
        about=campaign,
        expires_at=last_moment(campaign.purpose, campaign.round),
    )
    for recipient, letter in ready.items():
        recipient.letter_id = letters[letter.key]
    CampaignRecipient.objects.bulk_update(recipients, ["letter"])


def _ready(writer: Writer, campaign: Campaign, recipient: CampaignRecipient) -> Ready:
    organisation = recipient.organisation.name if recipient.organisation else ""
    letter = Letter(recipient.language, recipient.name, organisation, recipient.pk)
    return Ready(
        key=f"campaign:{campaign.pk}:{recipient.pk}",
        to=Recipient(recipient.address, recipient.language, recipient.name),
        rendered=writer.write(letter),
        unsubscribe_url=links.unsubscribe_url(recipient.pk, recipient.language),
    )


def _finish(campaign: Campaign) -> None:
    """End a campaign of which no letter waits for its first attempt any more."""
    waiting = OutboxLetter.objects.about(campaign).filter(
        is_bulk=True, state__in=(State.QUEUED, State.SENDING)
    )
    if waiting.exists():
        return
    campaign.status = TABLE.require(campaign, "finish", actor=None).target
    campaign.finished_at = clock.now()
    campaign.save()
