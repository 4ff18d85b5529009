"""Makes the organisations and people of the sample year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from demo.people import BY_KEY
from demo.sample_data import load
from minno_portal import clock
from organisations.membership.enums import Role
from organisations.membership.services import accept_invitation, invite_person
from organisations.partnership.models import Partnership
from organisations.people.models import User
from organisations.people.services import ensure_person
from organisations.register.enums import Kind
from organisations.register.models import Organisation
from organisations.register.services import create_organisation

REPLY_TO = "minno@example.org"
SIGN_OFF = {
    "fi": "Terveisin SOSTEn MINNO-koordinaattori",
    "sv": "Hälsningar, SOSTEs MINNO-koordinator",
    "en": "Regards, the MINNO coordinator of SOSTE",
}


@dataclass
class Crew:
    """Everybody who acts in the sample year."""

    partnership: Partnership
    coordinator: User
    second_coordinator: User
    staff: User
    administrator: User
    contacts: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)


def assemble(moment: dt.datetime) -> Crew:
    """Make the two parties, their people and the associations, as if it were `moment`."""
    with clock.playing_at(moment):
        crew = _parties()
        for key, entry in load("associations").items():
            person = _person(entry["email"], entry["person"], entry.get("language", "fi"))
            crew.contacts[key] = person
            crew.organisations[key] = create_organisation(
                name=entry["name"],
                business_id=entry.get("business_id", ""),
                language=entry.get("language", "fi"),
                actor=person,
            )
    crew.organisations["soste"] = crew.partnership.coordinator
    crew.contacts["soste"] = crew.second_coordinator
    return crew


def _parties() -> Crew:
    admin = BY_KEY["admin"]
    administrator = User.objects.create_superuser(admin.email, name=admin.name)
    soste = Organisation.objects.create(
        name="SOSTE Suomen sosiaali ja terveys ry", short_name="SOSTE"
    )
    metropolia = Organisation.objects.create(
        name="Metropolia Ammattikorkeakoulu Oy",
        short_name="Metropolia",
        kind=Kind.INSTITUTION,
    )
    partnership = Partnership.objects.create(
        coordinator=soste,
        institution=metropolia,
        prefix="MINNO",
        agreed_from=dt.date(2022, 1, 1),
        reply_to=REPLY_TO,
        **{f"sign_off_{language}": text for language, text in SIGN_OFF.items()},
    )
    coordinator, staff = BY_KEY["coordinator"], BY_KEY["staff"]
    return Crew(
        partnership=partnership,
        administrator=administrator,
        coordinator=_member(
            coordinator.email, coordinator.name, soste, Role.COORDINATOR, administrator
        ),
        second_coordinator=_member(
            "erityisasiantuntija@example.org",
            "SOSTEn erityisasiantuntija",
            soste,
            Role.CONTACT,
            administrator,
        ),
        staff=_member(staff.email, staff.name, metropolia, Role.STAFF, administrator),
    )


def _person(email: str, name: str, language: str = "fi") -> User:
    person = ensure_person(email, language=language)
    person.name = name
    person.save(update_fields=["name"])
    return person


def _member(
    email: str, name: str, organisation: Organisation, role: Role, administrator: User
) -> User:
    person = _person(email, name)
    token = invite_person(
        organisation.pk, email=email, role=role, language="fi", actor=administrator
    )
    accept_invitation(token, actor=person)
    return User.objects.get(pk=person.pk)
