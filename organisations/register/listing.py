"""The register as a table: filtered and sorted by the address, light at any size."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, Lower

from organisations.membership.models import Membership
from organisations.register import past
from organisations.register.enums import Kind
from organisations.register.filters import (
    EVER,
    MEMBERS,
    NATIONAL,
    NEVER,
    NO_CONTACT,
    NO_MAIL,
    OTHERS,
    WAITING,
    Filters,
)
from organisations.register.models import Contact, Organisation

_NAME = Lower("name")
SORTS = {
    "name": (_NAME, F("pk")),
    "language": (F("language"), _NAME, F("pk")),
    "contacts": (F("contact_count"), _NAME, F("pk")),
    "created": (F("created_at"), F("pk")),
}


def listed(filters: Filters) -> QuerySet[Organisation]:
    """Return the associations that fit, in order, with what their lines tell."""
    found = Organisation.objects.filter(kind=Kind.ASSOCIATION).filter(
        _of_text(filters.text), _of_area(filters.area), _of_look(filters.look), _of_part(filters)
    )
    if filters.language:
        found = found.filter(language=filters.language)
    return found.annotate(
        contact_count=_count(Contact.objects.all()),
        people_count=_count(Membership.objects.filter(awaits_approval=False)),
        claim_count=_count(Membership.objects.filter(awaits_approval=True)),
    ).order_by(*_order(filters.sort))


def _order(sort: str) -> list[OrderBy]:
    falling = sort.startswith("-")
    return [OrderBy(each, descending=falling) for each in SORTS[sort.removeprefix("-")]]


def _count(rows: QuerySet[Any]) -> Coalesce:
    of_one = rows.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return Coalesce(Subquery(of_one.annotate(count=Count("pk")).values("count")), 0)


def _has(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(organisation=OuterRef("pk"))))


def _of_text(text: str) -> Q:
    """Every word is found in a name, the number, or a person of the association."""
    condition = Q()
    for word in text.split():
        contacts = Contact.objects.filter(Q(name__icontains=word) | Q(email__icontains=word))
        people = Membership.objects.filter(
            Q(user__name__icontains=word) | Q(user__email__icontains=word)
        )
        condition &= (
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(business_id__icontains=word)
            | _has(contacts)
            | _has(people)
        )
    return condition


def _of_area(area: str) -> Q:
    if not area:
        return Q()
    return Q(is_national=True) if area == NATIONAL else Q(counties=area)


def _of_look(look: str) -> Q:
    everybody = Membership.objects.all()
    conditions: dict[str, Q] = {
        "": Q(),
        WAITING: Q(awaits_approval=True) | _has(everybody.filter(awaits_approval=True)),
        NO_MAIL: Q(no_mail=True) | _has(Contact.objects.filter(no_mail=True)),
        MEMBERS: Q(is_member=True),
        OTHERS: Q(is_member=False),
        NO_CONTACT: ~_has(Contact.objects.all()) & ~_has(everybody.filter(awaits_approval=False)),
    }
    return conditions[look]


def _of_part(filters: Filters) -> Q:
    if not filters.part:
        return Q()
    if filters.part in (EVER, NEVER):
        taken = past.took_part(filters.user)
        return taken if filters.part == EVER else ~taken
    return past.took_part(filters.user, filters.part)
