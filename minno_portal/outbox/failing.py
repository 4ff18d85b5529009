"""Addresses that do not work: one place, by address, read by the register and by campaigns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from minno_portal import clock
from minno_portal.outbox.models import FailingAddress
from minno_portal.services import require_permission, service

LONGEST_REASON = 500
# Who has not been written to for so long is not known to fail any more.
DAYS_KEPT = 365


def addresses_that_fail(addresses: Iterable[str]) -> dict[str, FailingAddress]:
    """Return those of `addresses` that do not work, by the address in small letters (one query)."""
    wanted = {address.lower() for address in addresses if address}
    found = FailingAddress.objects.filter(address__in=wanted)
    return {failing.address: failing for failing in found}


def every_failing_address() -> set[str]:
    """Return every address that does not work, in small letters (one query)."""
    return set(FailingAddress.objects.values_list("address", flat=True))


def mark_failing(address: str, reason: str) -> None:
    """Remember that an address does not work; it is said since when the first letter came back."""
    FailingAddress.objects.get_or_create(
        address=address.lower(),
        defaults={"since": clock.now(), "reason": reason[:LONGEST_REASON]},
    )


@service
def address_works(address: str, *, actor: Any) -> bool:
    """Forget that an address did not work: somebody knows that it does now.

    :returns: False when it was not marked.
    """
    require_permission("outbox.clear_address", actor, None)
    deleted, _models = FailingAddress.objects.filter(address=address.lower()).delete()
    return bool(deleted)


def forget_old_marks() -> int:
    """Forget marks older than a year, and return how many there were."""
    old = clock.now() - dt.timedelta(days=DAYS_KEPT)
    deleted, _models = FailingAddress.objects.filter(since__lt=old).delete()
    return deleted
