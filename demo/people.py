"""The people one can become in the demo: role names and example addresses, nobody real."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the demo's people: `key` stands in addresses, `role` tells what they come for."""

    key: str
    email: str
    name: str
    role: Promise


CAST: tuple[DemoPerson, ...] = (
    DemoPerson(
        "coordinator",
        "koordinaattori@example.org",
        "Koordinaattori",
        _("runs the rounds: reviews, ranks, announces, reports"),
    ),
    DemoPerson(
        "association",
        "yhdyshenkilo@example.org",
        "Esimerkkiyhdistyksen yhdyshenkilö",
        _("gives challenges for Esimerkkiyhdistys ry"),
    ),
    DemoPerson(
        "other-association",
        "toinen.yhdyshenkilo@example.org",
        "Mallijärjestön yhdyshenkilö",
        _("gives challenges for Mallijärjestö ry and must not see the others'"),
    ),
    DemoPerson(
        "staff",
        "vastuuhenkilo@example.org",
        "Metropolian vastuuhenkilö",
        _("answers the coordinator's packet in the admin"),
    ),
    DemoPerson(
        "admin",
        "yllapito@example.org",
        "Ylläpitäjä",
        _("manages people and organisations in the admin"),
    ),
)

BY_KEY = {person.key: person for person in CAST}
