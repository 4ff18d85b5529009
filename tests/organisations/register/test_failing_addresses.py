from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal.outbox.failing import addresses_that_fail, mark_failing
from organisations.models import Contact, Organisation, User


def clear(client: Client, organisation: Organisation, address: str) -> int:
    url = reverse("register-address-works", args=(organisation.pk,))
    return client.post(url, {"address": address}).status_code


def test_marks_stand_at_the_people_and_go_by_a_button(
    client: Client, association: Organisation, contact: User, coordinator: User
) -> None:
    Contact.objects.create(organisation=association, email="aino@example.org")
    mark_failing("aino@example.org", "550 5.1.1")
    mark_failing(contact.email, "550 5.1.1")
    url = reverse("register-organisation", args=(association.pk,))
    client.force_login(coordinator)
    shown = client.get(url).content.decode()
    assert shown.count("address-fails") == 2
    assert shown.count(reverse("register-address-works", args=(association.pk,))) == 2
    assert clear(client, association, "aino@example.org") == 302
    assert client.get(url).content.decode().count("address-fails") == 1


def test_the_association_sees_its_marks_and_does_not_clear_them(
    client: Client, association: Organisation, contact: User
) -> None:
    Contact.objects.create(organisation=association, email="aino@example.org")
    mark_failing("aino@example.org", "550 5.1.1")
    client.force_login(contact)
    shown = client.get(reverse("organisation", args=(association.pk,))).content.decode()
    assert shown.count("address-fails") == 1
    assert reverse("register-address-works", args=(association.pk,)) not in shown
    assert clear(client, association, "aino@example.org") == 403
    assert addresses_that_fail(["aino@example.org"])


@pytest.mark.parametrize("address", ["", "\x00", "x" * 10_000, "nobody@example.org"])
def test_clearing_what_is_not_marked(
    client: Client, association: Organisation, coordinator: User, address: str
) -> None:
    client.force_login(coordinator)
    assert clear(client, association, address) == 302
