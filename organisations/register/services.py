"""How organisations come to the register and change there."""

from __future__ import annotations

import rules
from django.db import connection

from minno_portal.errors import NotAllowed
from minno_portal.services import service
from organisations.membership.enums import Role
from organisations.membership.models import Membership
from organisations.people.models import User
from organisations.register.enums import Kind
from organisations.register.errors import BusinessIdKnown, NameKnown
from organisations.register.models import Organisation, normal_business_id

# Any number of our own: who names an organisation waits for whoever does so at the same time.
_NAMING_LOCK = 2_718_281


@service
def create_organisation(
    *, name: str, business_id: str | None, language: str, actor: User
) -> Organisation:
    """Bring an association to the register; the actor becomes its contact person.

    :raises OrganisationKnown: when its name or business id is there already.
    """
    if not rules.has_perm("organisations.create_organisation", actor):
        raise NotAllowed
    organisation = Organisation(name=_one_line(name), language=language)
    organisation.business_id = normal_business_id(business_id) if business_id else None
    _refuse_known(organisation)
    organisation.save()
    Membership.objects.create(user=actor, organisation=organisation, role=Role.CONTACT)
    actor.forget_ties()
    return organisation


@service
def update_organisation(
    organisation_id: int,
    *,
    name: str,
    short_name: str,
    business_id: str | None,
    language: str,
    actor: User,
) -> Organisation:
    """Store what the organisation's people tell of it.

    :raises NotAllowed: when the actor does not belong there.
    :raises OrganisationKnown: when another has the name or the business id.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    if not rules.has_perm("organisations.edit_organisation", actor, organisation):
        raise NotAllowed
    organisation.name = _one_line(name)
    organisation.short_name = _one_line(short_name)
    organisation.language = language
    organisation.business_id = normal_business_id(business_id) if business_id else None
    _refuse_known(organisation)
    organisation.save()
    return organisation


def ensure_organisation(name: str, *, kind: Kind) -> Organisation:
    """Return the organisation of this name, made if it is not there (for the command line)."""
    line = _one_line(name)
    known = Organisation.objects.filter(name__iexact=line).order_by("pk").first()
    return known or Organisation.objects.create(name=line, kind=kind)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _refuse_known(organisation: Organisation) -> None:
    """Refuse a name or business id that another organisation has, also one written right now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NAMING_LOCK])
    others = Organisation.objects.exclude(pk=organisation.pk)
    if organisation.business_id and others.filter(business_id=organisation.business_id).exists():
        raise BusinessIdKnown("business_id")
    if others.filter(name__iexact=organisation.name).exists():
        raise NameKnown("name")
