"""The people, the round and the draft that every test knows, as plain functions.

conftest.py gives each of them to tests as a fixture; `whole_cast` makes them all at once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from minno_portal import clock
from minno_portal.workdays import is_working_day
from organisations.membership.enums import Role
from organisations.models import Membership, Organisation, Partnership, User
from organisations.register.enums import Kind
from rounds.challenges.models import Challenge
from rounds.planning.models import Round

THURSDAY = 3
# The weekdays from the Thursday of the week before to the Friday of the week after.
NEAR = (-7, -6, -3, -2, -1, 0, 1, 4, 5, 6, 7, 8)
_DATES = (
    "packet_on",
    "decisions_on",
    "kickoff_on",
    "contract_on",
    "midreview_on",
    "fest_on",
    "feedback_on",
    "evaluation_on",
)


def person(email: str, organisation: Organisation | None = None, role: str = "") -> User:
    """Make a person, with a role where one is named."""
    user = User.objects.create_user(f"{email}@example.org", name=email.title())
    if organisation:
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def make_association() -> Organisation:
    return Organisation.objects.create(name="Esimerkkiyhdistys ry", business_id="9000001-1")


def make_other_association() -> Organisation:
    return Organisation.objects.create(name="Mallijärjestö ry", business_id="9000003-8")


def make_umbrella() -> Organisation:
    return Organisation.objects.create(name="Kattojärjestö ry", short_name="Katto")


def make_school() -> Organisation:
    return Organisation.objects.create(
        name="Ammattikorkeakoulu Oy", short_name="AMK", kind=Kind.INSTITUTION
    )


def make_partnership(umbrella: Organisation, school: Organisation) -> Partnership:
    return Partnership.objects.create(
        coordinator=umbrella,
        institution=school,
        prefix="MINNO",
        agreed_from=dt.date(2022, 1, 1),
        reply_to="minno@example.org",
        sign_off="Terveisin koordinaattori",
    )


def make_administrator() -> User:
    return User.objects.create_superuser("admin@example.org", name="Admin")


def make_call_round(partnership: Partnership) -> Round:
    """Return a published round whose call is open now and closes in a week."""
    now, today = clock.now(), clock.today()
    week = dt.timedelta(weeks=1)
    kickoff = today + 7 * week
    return Round.objects.create(
        partnership=partnership,
        year=kickoff.year,
        number=1,
        slug=f"minno-1-{kickoff.year}",
        form="day",
        capacity=2,
        call_opens_at=now - 2 * week,
        call_closes_at=now + week,
        packet_on=today + 3 * week,
        decisions_on=today + 4 * week,
        kickoff_on=kickoff,
        contract_on=kickoff + 2 * week,
        midreview_on=kickoff + 3 * week,
        fest_on=kickoff + 6 * week,
        feedback_on=kickoff + 7 * week,
        evaluation_on=kickoff + 10 * week,
        published_at=now - 2 * week,
    )


def on_quiet_weeks(call_round: Round) -> Round:
    """Move the packet and the decisions to Thursdays without a day off near them.

    Reminders count working days: these are the same whatever day the tests run on.
    """
    day = call_round.packet_on
    while day.weekday() != THURSDAY or not all(
        is_working_day(day + dt.timedelta(days=offset)) for offset in NEAR
    ):
        day += dt.timedelta(days=1)
    later = day - call_round.packet_on
    for name in _DATES:
        setattr(call_round, name, getattr(call_round, name) + later)
    call_round.save()
    return call_round


def make_draft(call_round: Round, association: Organisation, contact: User) -> Challenge:
    """Return a draft with everything that submitting asks for."""
    return Challenge.objects.create(
        round=call_round,
        organisation=association,
        created_by=contact,
        contact_name="Yhdyshenkilö",
        contact_email=contact.email,
        contact_phone="040 1234567",
        title="Yksinäisyyden varhainen tunnistaminen",
        summary="Vapaaehtoisemme tapaavat viikoittain 600 iäkästä.",
        need="Yksinäisyys huomataan usein vasta, kun se on johtanut palvelutarpeeseen.",
        change_sought="Yksinäisyys tunnistetaan ajoissa.",
        target_group="Yksin asuvat iäkkäät",
        material="Kävijäkyselyn tulokset",
        support_hours=2,
        hoped_outputs=["concept"],
        is_national=True,
        attends_kickoff=True,
        attends_fest=True,
        may_publish=True,
    )


@dataclass(frozen=True)
class Cast:
    """Everybody, and what they meet about."""

    association: Organisation
    call_round: Round
    draft: Challenge
    contact: User
    colleague: User
    other_contact: User
    coordinator: User
    staff: User
    administrator: User
    stranger: User


def whole_cast() -> Cast:
    """Make everybody at once."""
    association, umbrella, school = make_association(), make_umbrella(), make_school()
    partnership = make_partnership(umbrella, school)
    call_round = make_call_round(partnership)
    contact = person("contact", association, Role.CONTACT)
    return Cast(
        association=association,
        call_round=call_round,
        draft=make_draft(call_round, association, contact),
        contact=contact,
        colleague=person("colleague", association, Role.CONTACT),
        other_contact=person("other", make_other_association(), Role.CONTACT),
        coordinator=person("coordinator", umbrella, Role.COORDINATOR),
        staff=person("staff", school, Role.STAFF),
        administrator=make_administrator(),
        stranger=person("stranger"),
    )
