"""What is held of a person's unsubscribing, for their own data file."""

from __future__ import annotations

from typing import Any

from organisations.mailing.models import Unsubscription
from organisations.membership.services import own_addresses
from organisations.people.exports import exports_data
from organisations.people.models import User


@exports_data("unsubscribed_from_campaigns")
def _unsubscriptions(user: User) -> list[dict[str, Any]]:
    rows = Unsubscription.objects.filter(address__in=own_addresses(user)).order_by("pk")
    return [dict(row) for row in rows.values("address", "partnership__prefix", "made_at")]
