"""What is held of a person's unsubscribing, for their own data file."""

from __future__ import annotations

from organisations.mailing.models import Unsubscription
from organisations.people.exports import exports_rows

exports_rows(
    "unsubscribed_from_campaigns",
    Unsubscription,
    "address",
    ("address", "partnership__prefix", "made_at"),
)
