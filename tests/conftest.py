"""The cast: a few people whom every test knows, and the round they meet in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.utils import translation
from pytest_django import Settings as SettingsWrapper

from organisations.membership.enums import Role
from organisations.models import County, Organisation, Partnership, User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from tests import cast
from tests.cast import person

# Marks of the tests that wait more than they compute.
WAITING = ("browser", "faults")


def pytest_configure() -> None:
    """Serve static files from where they lie, since tests need no collected manifest."""
    django_settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    django_settings.WHITENOISE_USE_FINDERS = True
    django_settings.WHITENOISE_AUTOREFRESH = True
    # No password of a test is worth a second of hashing.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits for browsers and processes, so that no long test is left alone."""
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in WAITING))


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


def ensure_reference_data() -> None:
    """Load it where it is missing."""
    if not County.objects.exists():
        with translation.override("fi"):
            load_reference_data()


@pytest.fixture
def reference_data(transactional_db: None) -> None:
    """Give a test with real transactions the areas and the funds."""
    load_reference_data()


@pytest.fixture(scope="module", autouse=True)
def _lasting_areas_and_funds(request: pytest.FixtureRequest) -> None:
    """Bring them back before the module's tests open their transactions, so that they stay."""
    if any(
        getattr(item, "module", None) is request.module and "db" in item.fixturenames
        for item in request.session.items
    ):
        request.getfixturevalue("django_db_setup")
        with request.getfixturevalue("django_db_blocker").unblock():
            ensure_reference_data()


@pytest.fixture(autouse=True)
def _areas_and_funds(request: pytest.FixtureRequest) -> None:
    """Give every other test with a database the same, whatever ran before it."""
    if "db" in request.fixturenames and "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
        ensure_reference_data()


@pytest.fixture
def association(db: None) -> Organisation:
    return cast.make_association()


@pytest.fixture
def other_association(db: None) -> Organisation:
    return cast.make_other_association()


@pytest.fixture
def umbrella(db: None) -> Organisation:
    return cast.make_umbrella()


@pytest.fixture
def school(db: None) -> Organisation:
    return cast.make_school()


@pytest.fixture
def partnership(umbrella: Organisation, school: Organisation) -> Partnership:
    return cast.make_partnership(umbrella, school)


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
    return cast.make_administrator()


@pytest.fixture
def stranger(db: None) -> User:
    """A person who has signed in and belongs nowhere."""
    return person("stranger")


@pytest.fixture
def call_round(partnership: Partnership) -> Round:
    """A published round whose call is open now and closes in a week."""
    return cast.make_call_round(partnership)


@pytest.fixture
def draft(call_round: Round, association: Organisation, contact: User) -> Challenge:
    """A draft with everything that submitting asks for."""
    return cast.make_draft(call_round, association, contact)
