from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.outbox.failing import mark_failing
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.comment_letters import PAUSE, tell_comments
from rounds.challenges.letters_told import MOST_SHOWN, told_by_letter
from rounds.challenges.models import Challenge
from rounds.challenges.services import add_comment


def page(client: Client, user: User, challenge: Challenge) -> str:
    client.force_login(user)
    return client.get(reverse("challenge", args=(challenge.pk,))).content.decode()


def test_what_the_association_was_told(
    submitted: Challenge, contact: User, coordinator: User, staff: User
) -> None:
    add_comment(submitted.pk, body="Kysymys", visibility="association", actor=coordinator)
    add_comment(submitted.pk, body="Vastaus", visibility="association", actor=contact)
    with clock.playing_at(clock.now() + 2 * PAUSE):
        tell_comments()
    every = set(Letter.objects.values_list("kind", flat=True))
    assert "association-comment" in every
    told = told_by_letter(submitted, coordinator)
    assert {letter.recipient for letter in told.letters} == {contact.email}
    assert told.may_open
    assert not told_by_letter(submitted, staff).may_open


def test_who_sees_the_list(
    client: Client, submitted: Challenge, contact: User, coordinator: User, staff: User
) -> None:
    [letter] = told_by_letter(submitted, coordinator).letters
    link = f'href="{reverse("letter", args=(letter.pk,))}"'
    assert link in page(client, coordinator, submitted)
    shown = page(client, staff, submitted)
    assert 'id="told"' in shown
    assert link not in shown
    assert 'id="told"' not in page(client, contact, submitted)


def test_a_long_story_is_cut(submitted: Challenge, coordinator: User) -> None:
    first = Letter.objects.get(kind="receipt")
    for number in range(MOST_SHOWN + 3):
        first.pk = None
        first.key, first.message_id = f"more:{number}", f"<more-{number}@example.org>"
        first.save()
    assert len(told_by_letter(submitted, coordinator).letters) == MOST_SHOWN


@pytest.mark.parametrize("address", ["contact@example.org", "CONTACT@example.org"])
def test_an_address_that_fails_is_marked(
    client: Client, submitted: Challenge, coordinator: User, contact: User, address: str
) -> None:
    assert "address-fails" not in page(client, coordinator, submitted)
    mark_failing(address, "550 5.1.1")
    assert page(client, coordinator, submitted).count("address-fails") == 1
    assert "address-fails" not in page(client, contact, submitted)
