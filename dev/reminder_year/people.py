"""The two parties of the year's rounds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from organisations.membership.enums import Role
from organisations.models import Membership, Organisation, Partnership, User
from organisations.register.enums import Kind
from rounds.selection.enums import Party as Side


@dataclass(frozen=True)
class Party:
    """Coordinator and institution with two people each."""

    partnership: Partnership
    coordinators: list[User]
    staff: list[User]

    @property
    def everybody(self) -> list[User]:
        """The people of both."""
        return [*self.coordinators, *self.staff]

    @property
    def addresses(self) -> list[str]:
        """Everybody's addresses."""
        return [person.email for person in self.everybody]

    @property
    def assessors(self) -> list[tuple[User, str]]:
        """Everybody, with the party they assess for."""
        return [
            *((person, Side.COORDINATOR.value) for person in self.coordinators),
            *((person, Side.INSTITUTION.value) for person in self.staff),
        ]


def make_party() -> Party:
    """Make them."""
    umbrella = Organisation.objects.create(name="Vuoden katto ry")
    school = Organisation.objects.create(name="Vuoden koulu Oy", kind=Kind.INSTITUTION)
    partnership = Partnership.objects.create(
        coordinator=umbrella,
        institution=school,
        prefix="VUOSI",
        agreed_from=dt.date(2024, 1, 1),
        reply_to="vuosi@example.org",
        sign_off="Terveisin",
    )
    return Party(
        partnership,
        [_person(f"koordinaattori{n}", umbrella, Role.COORDINATOR) for n in (1, 2)],
        [_person(f"opettaja{n}", school, Role.STAFF) for n in (1, 2)],
    )


def _person(name: str, organisation: Organisation, role: str) -> User:
    user = User.objects.create_user(f"{name}@example.org", name=name.title())
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user
