"""Unsubscribing from a partnership's campaigns and taking that back; both may be repeated.

Who asks is known by a signed link in a letter or by having signed in with the address, so there is
no actor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models

from minno_portal import clock
from minno_portal.services import service
from organisations.mailing.models import Unsubscription
from organisations.partnership.models import Partnership


@service
def unsubscribe(address: str, *, partnership_id: int) -> None:
    """Send the address no more campaigns of the partnership."""
    Unsubscription.objects.get_or_create(address=address.lower(), partnership_id=partnership_id)


@service
def subscribe_again(address: str, *, partnership_id: int) -> None:
    """Take an unsubscription back."""
    Unsubscription.objects.filter(address=address.lower(), partnership_id=partnership_id).delete()


def writing_to(address: str) -> models.QuerySet[Partnership]:
    """Return the partnerships that may announce calls; `is_unsubscribed` tells what is chosen."""
    rows = Unsubscription.objects.filter(address=address.lower(), partnership=models.OuterRef("pk"))
    found = Partnership.objects.select_related("coordinator", "institution").order_by("pk")
    in_force = models.Q(agreed_until=None) | models.Q(agreed_until__gte=clock.today())
    annotated: models.QuerySet[Partnership] = found.filter(in_force).annotate(
        is_unsubscribed=models.Exists(rows)
    )
    return annotated


def is_unsubscribed(address: str, partnership_id: int) -> bool:
    """Whether the address gets no campaigns of the partnership."""
    rows = Unsubscription.objects.filter(address=address.lower(), partnership_id=partnership_id)
    return bool(rows.exists())


def unsubscribed(partnership_id: int, addresses: Iterable[str] | None = None) -> set[str]:
    """Return the addresses that get no campaigns of the partnership.

    :param addresses: look at these alone; None looks at all.
    """
    rows = Unsubscription.objects.filter(partnership_id=partnership_id)
    if addresses is not None:
        rows = rows.filter(address__in=list(addresses))
    return set(rows.values_list("address", flat=True))


def with_unsubscribed(
    contacts: models.QuerySet[Any], coordinators: Collection[int]
) -> models.QuerySet[Any]:
    """Tell of each contact person whether they get no campaigns (`is_unsubscribed`).

    :param coordinators: look at the partnerships of these organisations; empty means at all.
    """
    rows = Unsubscription.objects.filter(address=models.OuterRef("email"))
    if coordinators:
        rows = rows.filter(partnership__coordinator__in=coordinators)
    found: models.QuerySet[Any] = contacts.annotate(is_unsubscribed=models.Exists(rows))
    return found
