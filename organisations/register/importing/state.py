"""The register as it is, and as it would become row by row: nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from organisations.membership.enums import Role
from organisations.membership.models import Membership
from organisations.people.enums import Language
from organisations.register.enums import Kind
from organisations.register.importing.fields import Field, column_of
from organisations.register.models import Contact, Organisation
from organisations.register.naming import name_key

ORGANISATION_FIELDS = [each for each in Field if not each.is_of_contact]
CONTACT_FIELDS = [each for each in Field if each.is_of_contact]


@dataclass(slots=True)
class Person:
    """A contact person, as the register has them or as they would be."""

    pk: int | None
    values: dict[Field, Any]


@dataclass(slots=True)
class Entry:
    """An organisation with its contact people by address, stored or coming."""

    pk: int | None
    values: dict[Field, Any]
    is_association: bool = True
    has_own_people: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    # What rows of the table have said of it, to notice when they disagree.
    said: dict[Field, Any] = field(default_factory=dict)


class RegisterState:
    """Every organisation, found by number or by name."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_number: dict[str, Entry] = {}
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self.put(entry)

    def put(self, entry: Entry) -> None:
        """Let the entry be found by its name and number."""
        if number := entry.values[Field.BUSINESS_ID]:
            self._by_number[number] = entry
        alike = self._by_name[name_key(entry.values[Field.NAME])]
        if entry not in alike:
            alike.append(entry)

    def of_number(self, number: str) -> Entry | None:
        """Return the organisation of this business id."""
        return self._by_number.get(number)

    def of_name(self, name: str) -> list[Entry]:
        """Return the organisations of this name, however it is written."""
        return self._by_name.get(name_key(name), [])


def present_state() -> RegisterState:
    """Return the register as it is now (four queries)."""
    columns = [column_of(each) for each in ORGANISATION_FIELDS if each != Field.AREAS]
    areas: dict[int, set[str]] = defaultdict(set)
    for pk, code in Organisation.counties.through.objects.values_list("organisation", "county"):
        areas[pk].add(code)
    acting = Membership.objects.filter(role=Role.CONTACT, awaits_approval=False)
    with_people = set(acting.values_list("organisation", flat=True))
    entries = {
        row["pk"]: Entry(
            pk=row["pk"],
            values={Field(name): row[name] for name in columns}
            | {Field.AREAS: frozenset(areas[row["pk"]])},
            is_association=row["kind"] == Kind.ASSOCIATION,
            has_own_people=row["pk"] in with_people,
        )
        for row in Organisation.objects.order_by("pk").values("pk", "kind", *columns)
    }
    for row in Contact.objects.values("pk", "organisation", *map(column_of, CONTACT_FIELDS)):
        values = {each: row[column_of(each)] for each in CONTACT_FIELDS}
        entries[row["organisation"]].people[row["email"]] = Person(row["pk"], values)
    return RegisterState(entries.values())


def new_entry() -> Entry:
    """Return an association of which nothing is known yet."""
    values: dict[Field, Any] = {
        Field.NAME: "",
        Field.SHORT_NAME: "",
        Field.BUSINESS_ID: None,
        Field.LANGUAGE: Language.FI.value,
        Field.AREAS: frozenset(),
        Field.NATIONAL: False,
        Field.WEBSITE: "",
        Field.MEMBER: False,
        Field.NO_MAIL: False,
    }
    return Entry(pk=None, values=values)


def new_person(language: str) -> dict[Field, Any]:
    """Return what is known of a person before their row: letters in the association's language."""
    return {
        Field.CONTACT_NAME: "",
        Field.CONTACT_EMAIL: "",
        Field.CONTACT_PHONE: "",
        Field.CONTACT_TASK: "",
        Field.CONTACT_LANGUAGE: language,
        Field.CONTACT_NO_MAIL: False,
    }
