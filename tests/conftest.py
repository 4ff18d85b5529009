"""The cast: a few people whom every test knows, and the round they meet in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.utils import translation
from pytest_django import Settings as SettingsWrapper

from minno_portal import clock
from organisations.membership.enums import Role
from organisations.models import County, Membership, Organisation, Partnership, User
from organisations.register.enums import Kind
from rounds.challenges.models import Challenge
from rounds.planning.models import Round


def pytest_configure() -> None:
    """Serve static files from where they lie: tests need no collected manifest."""
    django_settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    django_settings.WHITENOISE_USE_FINDERS = True
    django_settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _in_finnish() -> Iterator[None]:
    """Begin every test in Finnish, whatever language the last request spoke."""
    with translation.override("fi"):
        yield


@pytest.fixture(autouse=True)
def _own_cache(settings: SettingsWrapper) -> None:
    """Give every test a part of Redis of its own: kept pages and rate limits are its own."""
    default = {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = {"default": default}


def load_reference_data() -> None:
    """Bring back what migrations load and a test with real transactions has emptied."""
    for app, migration in (("organisations", "0002_areas"), ("rounds", "0002_funds")):
        import_module(f"{app}.migrations.{migration}").load(apps, None)


@pytest.fixture
def reference_data(transactional_db: None) -> None:
    """Give a test with real transactions the areas and the funds."""
    load_reference_data()


@pytest.fixture(autouse=True)
def _areas_and_funds(request: pytest.FixtureRequest) -> None:
    """Give every other test with a database the same, whatever ran before it."""
    if "db" in request.fixturenames and "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
        if not County.objects.exists():
            load_reference_data()


def person(email: str, organisation: Organisation | None = None, role: str = "") -> User:
    """Make a person, with a role where one is named."""
    user = User.objects.create_user(f"{email}@example.org", name=email.title())
    if organisation:
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def association(db: None) -> Organisation:
    return Organisation.objects.create(name="Esimerkkiyhdistys ry", business_id="9000001-1")


@pytest.fixture
def other_association(db: None) -> Organisation:
    return Organisation.objects.create(name="Mallijärjestö ry", business_id="9000003-8")


@pytest.fixture
def umbrella(db: None) -> Organisation:
    return Organisation.objects.create(name="Kattojärjestö ry", short_name="Katto")


@pytest.fixture
def school(db: None) -> Organisation:
    return Organisation.objects.create(
        name="Ammattikorkeakoulu Oy", short_name="AMK", kind=Kind.INSTITUTION
    )


@pytest.fixture
def partnership(umbrella: Organisation, school: Organisation) -> Partnership:
    return Partnership.objects.create(
        coordinator=umbrella,
        institution=school,
        prefix="MINNO",
        agreed_from=dt.date(2022, 1, 1),
        reply_to="minno@example.org",
        sign_off="Terveisin koordinaattori",
    )


@pytest.fixture
def contact(association: Organisation) -> User:
    """A contact person of the association that gives the challenge."""
    return person("contact", association, Role.CONTACT)


@pytest.fixture
def colleague(association: Organisation) -> User:
    """Another contact person of the same association."""
    return person("colleague", association, Role.CONTACT)


@pytest.fixture
def other_contact(other_association: Organisation) -> User:
    """A contact person of another association."""
    return person("other", other_association, Role.CONTACT)


@pytest.fixture
def coordinator(partnership: Partnership) -> User:
    return person("coordinator", partnership.coordinator, Role.COORDINATOR)


@pytest.fixture
def staff(partnership: Partnership) -> User:
    """The institution's staff, with the confirming role."""
    return person("staff", partnership.institution, Role.STAFF)


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("admin@example.org", name="Admin")


@pytest.fixture
def stranger(db: None) -> User:
    """A person who has signed in and belongs nowhere."""
    return person("stranger")


@pytest.fixture
def call_round(partnership: Partnership) -> Round:
    """A published round whose call is open now and closes in a week."""
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


@pytest.fixture
def draft(call_round: Round, association: Organisation, contact: User) -> Challenge:
    """A draft with everything that submitting asks for."""
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
