"""Trying a table: what each row would add or change, and what is wrong with it. Nothing is written.

Rows are tried one after the other on a copy of the register, so that a second row of the same
association meets what the first one would have stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisations.register.importing.areas import NATIONAL
from organisations.register.importing.cells import Reader
from organisations.register.importing.fields import Field
from organisations.register.importing.outcomes import Change, Fault, Trial, TriedRow
from organisations.register.importing.reading import Row
from organisations.register.importing.state import (
    CONTACT_FIELDS,
    Entry,
    Person,
    new_entry,
    new_person,
    present_state,
)
from organisations.register.naming import name_key

Values = Mapping[Field, Any]
_OF_A_PERSON = {Field.CONTACT_NAME, Field.CONTACT_PHONE, Field.CONTACT_TASK}


def try_rows(rows: Sequence[Row], matching: Mapping[int, Field]) -> Trial:
    """Return what every row would do to the register as it is now.

    :param matching: the field that each matched column holds.
    """
    trier = _Trier(matching)
    return Trial([trier.tried(number, cells) for number, cells in rows])


class _Trier:
    def __init__(self, matching: Mapping[int, Field]) -> None:
        self.matching = matching
        self.column = {each: number for number, each in matching.items()}
        self.reader = Reader()
        self.state = present_state()

    def tried(self, number: int, cells: Sequence[str]) -> TriedRow:
        """Try one row, and remember what it would store unless it is refused."""
        column = self.column.get(Field.NAME)
        row = TriedRow(number, name=cells[column] if column is not None else "")
        values = self._read(row, cells)
        entry = self._entry(row, values)
        if entry is not None:
            row.name = row.name or entry.values[Field.NAME]
            self._tell_organisation(row, entry, values)
            self._tell_person(row, entry, values)
            if not row.faults:
                self._keep(row, entry, values)
        return row

    def _read(self, row: TriedRow, cells: Sequence[str]) -> dict[Field, Any]:
        """Return the values of the cells that hold something; empty ones never erase."""
        values: dict[Field, Any] = {}
        for column, each in self.matching.items():
            if not cells[column]:
                continue
            try:
                values[each] = self.reader.read(each, cells[column])
            except ValidationError as error:
                row.faults.append(Fault(column, " ".join(error.messages)))
        if NATIONAL in values.get(Field.AREAS, ()):
            values[Field.AREAS] -= {NATIONAL}
            values[Field.NATIONAL] = True
        return values

    def _entry(self, row: TriedRow, values: Values) -> Entry | None:
        """Find the organisation of the row, or begin a new one; say what stands in the way."""
        keys = {self.column.get(Field.NAME), self.column.get(Field.BUSINESS_ID)} - {None}
        if keys & {fault.column for fault in row.faults}:
            # Which association is meant cannot be told.
            return None
        number, name = values.get(Field.BUSINESS_ID), values.get(Field.NAME)
        found = self.state.of_number(number) if number else None
        alike = self.state.of_name(name) if name and found is None else []
        if len(alike) > 1:
            several = _("The register has several associations of this name. Give the business ID.")
            self._refuse(row, Field.NAME, several)
            return None
        found = found or (alike[0] if alike else None)
        if found is None:
            return self._new(row, name)
        if not found.is_association:
            institution = _("The register has an educational institution of this name or number.")
            self._refuse(row, Field.NAME, institution)
            return None
        return found

    def _new(self, row: TriedRow, name: str | None) -> Entry | None:
        if not name:
            missing = _("The name is missing, and no association has the business ID.")
            self._refuse(row, Field.NAME, missing)
            return None
        row.is_new = True
        return new_entry()

    def _tell_organisation(self, row: TriedRow, entry: Entry, values: Values) -> None:
        for each, value in values.items():
            old = None if each.is_of_contact else entry.values[each]
            same_name = each == Field.NAME and name_key(old or "") == name_key(value)
            if each.is_of_contact or old == value or same_name:
                continue
            sentence = self._objection(entry, each, value)
            if sentence:
                self._refuse(row, each, sentence)
            else:
                row.changes.append(Change(each, old, value))

    def _objection(self, entry: Entry, each: Field, value: Any) -> str:
        """Return why the organisation's field cannot have another value, or nothing."""
        old = entry.values[each]
        if each in entry.said:
            return _("Another row says otherwise of the same association.")
        if each == Field.BUSINESS_ID and old:
            other = _("The association of this name has another business ID, %(number)s.")
            return other % {"number": old}
        if old and entry.has_own_people and each in (Field.NAME, Field.SHORT_NAME):
            own = _("The association's own people decide its name, now %(name)s.")
            return own % {"name": old}
        if each == Field.NAME and self.state.of_name(value):
            return _("Another association of the register has this name.")
        return ""

    def _tell_person(self, row: TriedRow, entry: Entry, values: Values) -> None:
        told = {each: values[each] for each in CONTACT_FIELDS if each in values}
        address = told.get(Field.CONTACT_EMAIL)
        if not address:
            self._miss_address(row, told)
            return
        language = values.get(Field.LANGUAGE, entry.values[Field.LANGUAGE])
        person = entry.people.get(address) or Person(None, new_person(language))
        row.person = person
        row.changes += [
            Change(each, person.values[each], value)
            for each, value in told.items()
            if person.values[each] != value
        ]

    def _miss_address(self, row: TriedRow, told: Values) -> None:
        """A person without an address cannot be told from others; a faulty one has been named."""
        column = self.column.get(Field.CONTACT_EMAIL)
        was_faulty = column is not None and any(fault.column == column for fault in row.faults)
        if told.keys() & _OF_A_PERSON and not was_faulty:
            self._refuse(row, Field.CONTACT_EMAIL, _("A contact person needs an e-mail address."))

    def _refuse(self, row: TriedRow, each: Field, sentence: str) -> None:
        row.faults.append(Fault(self.column.get(each), sentence))

    def _keep(self, row: TriedRow, entry: Entry, values: Values) -> None:
        """Let the following rows meet what this one would store."""
        for change in row.changes:
            target = row.person if change.field.is_of_contact else entry
            if target is not None:
                target.values[change.field] = change.new
        entry.said |= {each: value for each, value in values.items() if not each.is_of_contact}
        if row.person is not None:
            entry.people[values[Field.CONTACT_EMAIL]] = row.person
        row.entry = entry
        self.state.put(entry)
