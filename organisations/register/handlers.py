"""What this part registers: what waits for coordinators and contact people, and people's data."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from minno_portal.waiting import Waiting, apart_from_rounds, provides_waiting
from organisations.people.models import User
from organisations.register import own_data
from organisations.register.models import Organisation

__all__ = ["own_data"]


@provides_waiting
@apart_from_rounds
def newcomers(user: User) -> Iterator[Waiting]:
    """Tell coordinators of new associations, and of people who say to act for one (one query)."""
    if not user.ties.coordinator:
        return
    claims = Count("memberships", filter=Q(memberships__awaits_approval=True), distinct=True)
    counted = Organisation.objects.aggregate(
        new=Count("pk", filter=Q(awaits_approval=True), distinct=True), claims=claims
    )
    url = f"{reverse('register')}?look=waiting"
    if new := counted["new"]:
        text = ngettext(
            "Look at %(count)d new association", "Look at %(count)d new associations", new
        )
        yield Waiting(text % {"count": new}, url)
    if people := counted["claims"]:
        text = ngettext(
            "Approve %(count)d person who says to act for an association",
            "Approve %(count)d people who say to act for an association",
            people,
        )
        yield Waiting(text % {"count": people}, url)


@provides_waiting
@apart_from_rounds
def colleagues(user: User) -> Iterator[Waiting]:
    """Tell contact people of others who say to act for the same association (one query)."""
    if not user.ties.contact or user.ties.coordinator:
        return
    waiting = (
        Organisation.objects.filter(pk__in=user.ties.contact, memberships__awaits_approval=True)
        .annotate(count=Count("memberships"))
        .order_by("pk")
        .values_list("pk", "name", "short_name", "count")
    )
    for pk, name, short_name, count in waiting:
        text = ngettext(
            "%(count)d person says to act for %(organisation)s",
            "%(count)d people say to act for %(organisation)s",
            count,
        )
        yield Waiting(
            text % {"count": count, "organisation": short_name or name},
            f"{reverse('organisation', args=[pk])}#people",
        )
