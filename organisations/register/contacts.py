"""The contact people whom the register names for an organisation."""

from __future__ import annotations

from typing import TypedDict

from minno_portal.errors import WrongState
from minno_portal.services import service
from organisations.access import require_to
from organisations.people.models import User
from organisations.register.errors import ContactKnown
from organisations.register.models import Contact, Organisation


class Person(TypedDict):
    """What is told of a contact person."""

    name: str
    email: str
    phone: str
    task: str
    language: str
    no_mail: bool


@service
def add_contact(organisation_id: int, *, person: Person, actor: User) -> Contact:
    """Name a contact person; whoever signs in with the address acts for the organisation.

    :raises NotAllowed: when the actor may not say who they are.
    :raises ContactKnown: when the address is there already.
    """
    organisation = _locked(organisation_id, actor)
    return _stored(Contact(organisation=organisation), person)


@service
def update_contact(contact_id: int, *, person: Person, actor: User) -> Contact:
    """Store what has changed of a contact person.

    :raises NotAllowed: when the actor may not say who they are.
    :raises ContactKnown: when another one has the address.
    :raises WrongState: when somebody has removed the person in between.
    """
    return _stored(_found(contact_id, actor), person)


@service
def remove_contact(contact_id: int, *, actor: User) -> None:
    """Take a person out of the register; their account, if they have one, stays.

    :raises NotAllowed: when the actor may not say who they are.
    :raises WrongState: when somebody has removed the person in between.
    """
    _found(contact_id, actor).delete()


def _locked(organisation_id: int, actor: User) -> Organisation:
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require_to("organisations.edit_contacts", actor, organisation)
    return organisation


def _found(contact_id: int, actor: User) -> Contact:
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None:
        raise WrongState
    _locked(contact.organisation_id, actor)
    return contact


def _stored(contact: Contact, person: Person) -> Contact:
    """Store the person; the organisation's row is locked, so no address comes twice."""
    address = person["email"].strip().lower()
    others = Contact.objects.filter(organisation=contact.organisation_id, email=address)
    if others.exclude(pk=contact.pk).exists():
        raise ContactKnown
    for name, value in (person | {"email": address}).items():
        setattr(contact, name, value)
    contact.save()
    return contact
