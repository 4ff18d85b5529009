"""What campaigns register: permissions, kinds of letters, what waits, and people's data."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from minno_portal.waiting import Waiting, apart_from_rounds, provides_waiting
from organisations.people.exports import exports_rows
from organisations.people.models import User
from rounds.call.campaigns import kinds, permissions
from rounds.call.campaigns.enums import Purpose, Status
from rounds.call.campaigns.models import Campaign, CampaignRecipient
from rounds.planning.mine import coordinated_rounds

__all__ = ["kinds", "permissions"]


@provides_waiting
@apart_from_rounds
def ready_to_send(user: User) -> Iterator[Waiting]:
    """Tell coordinators of campaigns that wait for somebody to look at and send them."""
    rounds = {each.pk: each for each in coordinated_rounds(user)}
    if not rounds:
        return
    held = Campaign.objects.filter(round__in=rounds, status=Status.HELD).order_by("created_at")
    for pk, round_id, purpose in held.values_list("pk", "round", "purpose"):
        round_ = rounds[round_id]
        text = _("Check and send: %(campaign)s, round %(code)s")
        yield Waiting(
            text % {"campaign": Purpose(purpose).label, "code": round_.code},
            reverse("campaign", args=[round_.slug, pk]),
            thread=round_.slug,
        )


_SENT_TO = ("campaign__purpose", "campaign__approved_at", "address", "language", "visited_on")
_WRITTEN = ("round__slug", "purpose", "status", "created_at", "approved_at")
exports_rows("campaigns", CampaignRecipient, "address", _SENT_TO)
exports_rows("campaigns_to_the_account", CampaignRecipient, "user", _SENT_TO)
exports_rows("campaigns_written", Campaign, "created_by", _WRITTEN)
exports_rows("campaigns_sent", Campaign, "approved_by", _WRITTEN)
