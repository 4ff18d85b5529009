"""Writing what a trial has promised, in few statements."""

from __future__ import annotations

from collections.abc import Iterable

from organisations.register.importing.fields import Field, column_of
from organisations.register.importing.outcomes import TriedRow
from organisations.register.importing.state import (
    CONTACT_FIELDS,
    ORGANISATION_FIELDS,
    Entry,
    Person,
)
from organisations.register.models import Contact, Organisation

AT_ONCE = 500
_COLUMNS = [each for each in ORGANISATION_FIELDS if each != Field.AREAS]


def store(rows: Iterable[TriedRow]) -> None:
    """Store the organisations and people of the rows that add or change something."""
    told = [row for row in rows if row.changes and row.entry is not None]
    entries = {id(row.entry): row.entry for row in told if row.entry is not None}
    changed = {
        id(row.entry)
        for row in told
        if any(not change.field.is_of_contact for change in row.changes)
    }
    _store_organisations([entry for key, entry in entries.items() if key in changed])
    _store_areas(
        row.entry
        for row in told
        if row.entry is not None and any(change.field == Field.AREAS for change in row.changes)
    )
    people = {
        id(row.person): (row.entry, row.person)
        for row in told
        if row.entry is not None
        and row.person is not None
        and any(change.field.is_of_contact for change in row.changes)
    }
    _store_people(people.values())


def _store_organisations(entries: list[Entry]) -> None:
    models = [
        Organisation(pk=entry.pk, **{column_of(each): entry.values[each] for each in _COLUMNS})
        for entry in entries
    ]
    known = [model for model in models if model.pk]
    Organisation.objects.bulk_update(known, [column_of(each) for each in _COLUMNS], AT_ONCE)
    Organisation.objects.bulk_create([model for model in models if not model.pk], AT_ONCE)
    for entry, model in zip(entries, models, strict=True):
        entry.pk = model.pk


def _store_areas(entries: Iterable[Entry]) -> None:
    wanted = {entry.pk: entry.values[Field.AREAS] for entry in entries}
    through = Organisation.counties.through
    through.objects.filter(organisation__in=wanted).delete()
    through.objects.bulk_create(
        (
            through(organisation_id=pk, county_id=code)
            for pk, codes in wanted.items()
            for code in sorted(codes)
        ),
        AT_ONCE,
    )


def _store_people(people: Iterable[tuple[Entry, Person]]) -> None:
    models = [
        Contact(
            pk=person.pk,
            # Their organisation has been stored by now.
            organisation_id=entry.pk or 0,
            **{column_of(each): person.values[each] for each in CONTACT_FIELDS},
        )
        for entry, person in people
    ]
    known = [model for model in models if model.pk]
    Contact.objects.bulk_update(known, [column_of(each) for each in CONTACT_FIELDS], AT_ONCE)
    Contact.objects.bulk_create([model for model in models if not model.pk], AT_ONCE)
