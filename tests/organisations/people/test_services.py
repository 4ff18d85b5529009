from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps

from minno_portal import clock
from minno_portal.errors import NotAllowed
from organisations.models import User
from organisations.people import services
from organisations.people.tasks import forget_unused
from tests.organisations.conftest import newest

pytestmark = pytest.mark.django_db


def test_one_address_is_one_person() -> None:
    first = services.ensure_person(" A@Example.org ", language="sv")
    again = services.ensure_person("a@example.ORG", language="en")
    assert first == again
    assert again.language == "sv"
    assert not again.has_usable_password()
    assert first.emailaddress_set.get().email == "a@example.org"


def test_an_unknown_language_becomes_finnish() -> None:
    assert services.ensure_person("a@example.org", language="xx").language == "fi"


def test_unused_addresses_are_forgotten_after_a_week(
    contact: User, administrator: User, stranger: User
) -> None:
    services.ensure_person("typo@example.org", language="fi")
    stranger.last_login = clock.now()
    stranger.save()
    with clock.playing_at(clock.now() + dt.timedelta(days=6)):
        assert services.forget_unused_people() == 0
    with clock.playing_at(clock.now() + dt.timedelta(days=8)):
        forget_unused()
        assert services.forget_unused_people() == 0
    assert set(User.objects.all()) == {contact, administrator, stranger}
    events = apps.get_model("organisations", "UserEvent")
    assert not events.objects.filter(email="typo@example.org").exists()
    assert events.objects.filter(email=contact.email).exists()


def test_only_oneself_changes_oneself(contact: User, administrator: User) -> None:
    changed = services.update_person(
        contact.pk, name="Nimi", phone="", language="en", actor=contact
    )
    assert (changed.name, changed.language) == ("Nimi", "en")
    with pytest.raises(NotAllowed):
        services.update_person(contact.pk, name="Muu", phone="", language="fi", actor=administrator)


def test_an_administrator_helps_who_lost_the_telephone(
    coordinator: User, contact: User, administrator: User, with_app: Callable[[User], User]
) -> None:
    with_app(coordinator)
    with pytest.raises(NotAllowed):
        services.remove_second_factor(coordinator.pk, actor=contact)
    assert services.remove_second_factor(coordinator.pk, actor=administrator) == 1
    assert not Authenticator.objects.exists()
    assert newest("account-notice").recipient == coordinator.email
    assert services.remove_second_factor(coordinator.pk, actor=administrator) == 0
