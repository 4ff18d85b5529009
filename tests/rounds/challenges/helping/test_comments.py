"""Who reads which comment, and that the page says so: visibilities × people."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.challenges.enums import Visibility
from rounds.challenges.helping.readers import choices_for_party, seen_by
from rounds.challenges.models import Challenge
from rounds.challenges.services import add_comment

ASSOCIATION, PARTIES, SELF = Visibility.ASSOCIATION, Visibility.PARTIES, Visibility.SELF
AUTHORS = ("coordinator", "staff", "contact")
READERS: dict[str, dict[tuple[str, str], bool]] = {
    "contact": {("coordinator", ASSOCIATION): True, ("contact", SELF): True},
    "colleague": {("coordinator", ASSOCIATION): True},
    "coordinator": {
        ("coordinator", ASSOCIATION): True,
        ("coordinator", PARTIES): True,
        ("coordinator", SELF): True,
        ("staff", PARTIES): True,
    },
    "staff": {
        ("coordinator", ASSOCIATION): True,
        ("coordinator", PARTIES): True,
        ("staff", PARTIES): True,
        ("staff", SELF): True,
    },
    "administrator": {("coordinator", ASSOCIATION): True},
}
WRITTEN = (
    ("coordinator", ASSOCIATION),
    ("coordinator", PARTIES),
    ("coordinator", SELF),
    ("staff", PARTIES),
    ("staff", SELF),
    ("contact", SELF),
)


@pytest.fixture
def said(submitted: Challenge, request: pytest.FixtureRequest) -> Challenge:
    for author, visibility in WRITTEN:
        add_comment(
            submitted.pk,
            body=f"MERKKI-{author}-{visibility}",
            visibility=visibility,
            actor=request.getfixturevalue(author),
        )
    return submitted


@pytest.mark.parametrize("name", ["challenge", "challenge-history"])
@pytest.mark.parametrize("reader", READERS)
def test_who_reads_what(
    client: Client, said: Challenge, reader: str, name: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(reader))
    text = client.get(reverse(name, args=[said.pk])).content.decode()
    shown = {key for key in WRITTEN if f"MERKKI-{key[0]}-{key[1]}" in text}
    assert shown == set(READERS[reader])


def test_beside_each_comment_stands_who_reads_it(
    client: Client, said: Challenge, coordinator: User, contact: User
) -> None:
    client.force_login(coordinator)
    text = client.get(reverse("challenge", args=[said.pk])).content.decode()
    for visibility in (ASSOCIATION, PARTIES, SELF):
        assert seen_by(visibility, said) in text
    client.force_login(contact)
    text = client.get(reverse("challenge", args=[said.pk])).content.decode()
    assert seen_by(ASSOCIATION, said) in text
    assert seen_by(PARTIES, said) not in text


def test_the_box_names_the_readers_of_each_choice(
    client: Client, submitted: Challenge, coordinator: User
) -> None:
    client.force_login(coordinator)
    text = client.get(reverse("challenge", args=[submitted.pk])).content.decode()
    labels = dict(choices_for_party(submitted))
    assert list(labels) == Visibility.values
    assert all(label in text for label in labels.values())
    names = ("Esimerkkiyhdistys ry", "Katto", "AMK")
    assert all(name in labels[ASSOCIATION] for name in names)
    # Nobody writes to the other side by mistake: nothing is chosen beforehand.
    form = client.get(reverse("challenge", args=[submitted.pk])).context["comment_form"]
    assert form["visibility"].value() is None


@pytest.mark.parametrize("visibility", ["", "everybody", "parties", "self", "association\x00"])
def test_the_association_writes_to_both_parties_only(
    client: Client, submitted: Challenge, contact: User, visibility: str
) -> None:
    client.force_login(contact)
    response = client.post(
        reverse("challenge-comment", args=[submitted.pk]),
        {"body": "Kommentti", "visibility": visibility},
    )
    assert response.status_code == 200
    assert not submitted.comments.exists()
