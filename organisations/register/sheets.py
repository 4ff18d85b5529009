"""The register as a table for a spreadsheet, with the heads that importing knows again."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minno_portal.spreadsheets import Value
from organisations.people.enums import Language
from organisations.register.importing.fields import LABELS, Field
from organisations.register.models import Contact, Organisation


def head() -> list[str]:
    """Return the names of the columns in the present language."""
    return [str(LABELS[field]) for field in Field]


def rows(organisations: QuerySet[Organisation]) -> Iterator[list[Value]]:
    """Yield a line for each contact person, and one for each association without any."""
    for organisation in organisations.prefetch_related("contacts", "counties"):
        facts = _facts(organisation)
        contacts = organisation.contacts.all()
        yield from ([*facts, *_person(contact)] for contact in contacts)
        if not contacts:
            yield [*facts, *[""] * len(_person(Contact()))]


def _facts(organisation: Organisation) -> list[Value]:
    return [
        organisation.name,
        organisation.short_name,
        organisation.business_id or "",
        Language(organisation.language).label,
        "; ".join(str(county) for county in organisation.counties.all()),
        _yes_or_no(organisation.is_national),
        organisation.website,
        _yes_or_no(organisation.is_member),
        _yes_or_no(organisation.no_mail),
    ]


def _person(contact: Contact) -> list[Value]:
    return [
        contact.name,
        contact.email,
        contact.phone,
        contact.task,
        Language(contact.language).label,
        _yes_or_no(contact.no_mail),
    ]


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")
