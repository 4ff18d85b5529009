"""How organisations come to the register and change there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.db.models import ProtectedError, Q

from minno_portal.errors import WrongState
from minno_portal.services import service
from organisations.access import require_to
from organisations.membership.enums import Role
from organisations.membership.letters import queue_claim
from organisations.membership.models import Membership
from organisations.membership.services import own_addresses
from organisations.people.models import User
from organisations.register.enums import Kind
from organisations.register.errors import HasHistory, TooManyWaiting
from organisations.register.locks import lock_organisation
from organisations.register.models import Contact, County, Organisation, normal_business_id
from organisations.register.naming import find_association, lock_naming, one_line, refuse_known

MOST_WAITING = 5


class Identity(TypedDict):
    """What an organisation is known by."""

    name: str
    short_name: str
    business_id: str | None


class Facts(TypedDict):
    """What else is told of an organisation."""

    language: str
    website: str
    is_national: bool
    counties: Iterable[County]
    no_mail: bool


@service
def join_or_create(
    *, name: str, business_id: str | None, language: str, chosen: int | None, actor: User
) -> Organisation:
    """Let a person act for their association; one that is new comes to the register.

    Whoever the register names as a contact acts for the association at once. Anybody else says so
    and reaches only what they begin themselves, until that is approved. A new association waits
    for the coordinator's look, while its person works there as a contact.

    :param chosen: the association picked among the candidates shown before; 0 for none of them.
    :raises SeveralFound: with similar associations, when none was picked.
    :raises OrganisationKnown: when the name or the business id is an institution's.
    :raises TooManyWaiting: when too much of the actor's waits for approval already.
    :raises OrganisationGone: when the association has been removed at this moment.
    :raises ValidationError: when the business id is wrong.
    """
    require_to("organisations.create_organisation", actor)
    number = normal_business_id(business_id) if business_id else None
    lock_naming()
    found = find_association(name, number, chosen)
    if found is None:
        return _create(one_line(name), number, language, actor)
    return _join(lock_organisation(found), actor)


@service
def update_organisation(
    organisation_id: int,
    *,
    facts: Facts,
    identity: Identity | None,
    is_member: bool | None = None,
    actor: User,
) -> Organisation:
    """Store what is told of an organisation.

    Its name and number are its own people's to decide, and the coordinator's as long as nobody
    acts for it.

    :param identity: None leaves the names and the number as they are.
    :param is_member: of the coordinating organisation, for the coordinator to tell; None leaves it.
    :raises NotAllowed: when the actor may not tell this of it.
    :raises OrganisationKnown: when another has the name or the business id.
    :raises OrganisationGone: when it has been merged away at this moment.
    """
    lock_naming()
    organisation = lock_organisation(organisation_id)
    require_to("organisations.edit_facts", actor, organisation)
    if identity is not None:
        require_to("organisations.edit_identity", actor, organisation)
        organisation.name = one_line(identity["name"])
        organisation.short_name = one_line(identity["short_name"])
        number = identity["business_id"]
        organisation.business_id = normal_business_id(number) if number else None
        refuse_known(organisation)
    if is_member is not None:
        require_to("organisations.keep_register", actor)
        organisation.is_member = is_member
    organisation.language = facts["language"]
    organisation.website = facts["website"]
    organisation.is_national = facts["is_national"]
    organisation.no_mail = facts["no_mail"]
    organisation.save()
    organisation.counties.set(facts["counties"])
    return organisation


@service
def approve_organisation(organisation_id: int, *, actor: User) -> Organisation:
    """Accept an association that a newcomer brought; a second press changes nothing.

    :raises NotAllowed: when the actor is no coordinator.
    :raises OrganisationGone: when it has been merged away at this moment.
    """
    organisation = lock_organisation(organisation_id)
    require_to("organisations.approve_organisation", actor, organisation)
    organisation.awaits_approval = False
    organisation.save(update_fields=["awaits_approval"])
    return organisation


@service
def refuse_organisation(organisation_id: int, *, actor: User) -> None:
    """Remove an association that a newcomer brought and that does not belong to the register.

    :raises NotAllowed: when the actor is no coordinator.
    :raises OrganisationGone: when it has been merged away at this moment.
    :raises WrongState: when it has been approved.
    :raises HasHistory: when a challenge, or anything else that is kept, is in its name.
    """
    organisation = lock_organisation(organisation_id)
    require_to("organisations.approve_organisation", actor, organisation)
    if not organisation.awaits_approval:
        raise WrongState
    try:
        organisation.delete()
    except ProtectedError as error:
        raise HasHistory from error


def ensure_organisation(name: str, *, kind: Kind) -> Organisation:
    """Return the organisation of this name, made if it is not there (for the command line)."""
    line = one_line(name)
    known = Organisation.objects.filter(name__iexact=line).order_by("pk").first()
    return known or Organisation.objects.create(name=line, kind=kind)


def _create(name: str, business_id: str | None, language: str, actor: User) -> Organisation:
    _refuse_too_many(actor)
    organisation = Organisation.objects.create(
        name=name, business_id=business_id, language=language, awaits_approval=True
    )
    Membership.objects.create(user=actor, organisation=organisation, role=Role.CONTACT)
    actor.forget_ties()
    return organisation


def _join(organisation: Organisation, actor: User) -> Organisation:
    """Make the actor a contact, at once if they are known there; nothing happens to one who is."""
    if organisation.memberships.filter(user=actor, role=Role.CONTACT).exists():
        return organisation
    is_known = organisation.pk in actor.ties.every or _is_named(organisation, actor)
    if not is_known:
        _refuse_too_many(actor)
    membership = Membership.objects.create(
        user=actor, organisation=organisation, role=Role.CONTACT, awaits_approval=not is_known
    )
    actor.forget_ties()
    if not is_known:
        queue_claim(membership)
    return organisation


def _is_named(organisation: Organisation, actor: User) -> bool:
    """Whether the register names the actor as a contact, by an address that is surely theirs."""
    return Contact.objects.filter(
        organisation=organisation, email__in=own_addresses(actor)
    ).exists()


def _refuse_too_many(actor: User) -> None:
    waiting = Q(awaits_approval=True) | Q(organisation__awaits_approval=True)
    if actor.memberships.filter(waiting).count() >= MOST_WAITING:
        raise TooManyWaiting
