"""Makes the organisations and people of the sample year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from demo.people import BY_KEY
from demo.sample_data import Entry, load
from minno_portal import clock
from organisations.membership.enums import Role
from organisations.membership.services import appoint_person
from organisations.partnership.models import Partnership
from organisations.partnership.services import found_partnership
from organisations.people.models import User
from organisations.people.services import ensure_person, update_person
from organisations.register.enums import Kind
from organisations.register.models import Organisation
from organisations.register.services import (
    Facts,
    approve_organisation,
    ensure_organisation,
    join_or_create,
    update_organisation,
)

REPLY_TO = "minno@example.org"
# What a newcomer answers whose association is none of those with a similar name.
NEW = 0
AGREED_FROM = dt.date(2022, 1, 1)


@dataclass
class Crew:
    """Everybody who acts in the sample year."""

    partnership: Partnership
    coordinator: User
    expert: User
    staff: User
    administrator: User
    contacts: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)


def assemble(moment: dt.datetime) -> Crew:
    """Make the two parties, their people and the associations, as if it were `moment`."""
    with clock.playing_at(moment):
        crew = _parties()
        for key, entry in load("associations").items():
            person = introduce(entry)
            crew.contacts[key] = person
            joined = join_or_create(
                name=entry["name"],
                business_id=entry.get("business_id", ""),
                language=entry.get("language", "fi"),
                chosen=NEW,
                actor=person,
            )
            approved = approve_organisation(joined.pk, actor=crew.coordinator)
            # Most are members of the umbrella, and some are not.
            crew.organisations[key] = _describe(approved, len(crew.organisations) % 4 != 0, crew)
    crew.organisations["soste"] = crew.partnership.coordinator
    crew.contacts["soste"] = crew.expert
    return crew


def _parties() -> Crew:
    admin, coordinator, staff = (BY_KEY[key] for key in ("admin", "coordinator", "staff"))
    soste = _party("SOSTE Suomen sosiaali ja terveys ry", "SOSTE", Kind.ASSOCIATION)
    metropolia = _party("Metropolia Ammattikorkeakoulu Oy", "Metropolia", Kind.INSTITUTION)
    partnership, _is_new = found_partnership(
        coordinator=soste,
        institution=metropolia,
        prefix="MINNO",
        reply_to=REPLY_TO,
        agreed_from=AGREED_FROM,
    )
    return Crew(
        partnership=partnership,
        administrator=User.objects.create_superuser(admin.email, name=admin.name),
        coordinator=_member(coordinator.email, coordinator.name, soste, Role.COORDINATOR),
        expert=_member(
            "erityisasiantuntija@example.org", "SOSTEn erityisasiantuntija", soste, Role.CONTACT
        ),
        staff=_member(staff.email, staff.name, metropolia, Role.STAFF),
    )


def _party(name: str, short_name: str, kind: Kind) -> Organisation:
    organisation = ensure_organisation(name, kind=kind)
    organisation.short_name = short_name
    organisation.save(update_fields=["short_name"])
    return organisation


def introduce(entry: Entry) -> User:
    """Make a person of an association, as they tell of themselves."""
    language = entry.get("language", "fi")
    person = ensure_person(entry["email"], language=language)
    return update_person(person.pk, name=entry["person"], phone="", language=language, actor=person)


def _describe(organisation: Organisation, is_member: bool, crew: Crew) -> Organisation:
    facts = Facts(
        language=organisation.language,
        website=organisation.website,
        is_national=organisation.is_national,
        counties=organisation.counties.all(),
        no_mail=organisation.no_mail,
    )
    return update_organisation(
        organisation.pk, facts=facts, identity=None, is_member=is_member, actor=crew.coordinator
    )


def _member(email: str, name: str, organisation: Organisation, role: Role) -> User:
    return appoint_person(email=email, organisation=organisation, role=role, name=name).user
