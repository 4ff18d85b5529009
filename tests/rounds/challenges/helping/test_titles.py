"""The title of a challenge that is being completed: half written, it is its association's own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.challenges.models import Challenge

HALF = "Puolivalmis otsikko"
PAGES = (
    "challenge",
    "challenge-quality",
    "challenge-compare",
    "challenge-similar",
    "challenge-history",
    "challenge-ask-completion",
)


@pytest.mark.parametrize("status", ["needs_completion", "withdrawn"])
def test_the_parties_read_the_submitted_one(
    client: Client, asked: Challenge, coordinator: User, contact: User, status: str
) -> None:
    title = asked.title
    Challenge.objects.filter(pk=asked.pk).update(title=HALF, status=status)
    client.force_login(coordinator)
    for name in PAGES:
        answer = client.get(reverse(name, args=[asked.pk]))
        assert HALF not in answer.content.decode(), name
        assert answer.status_code == 302 or title in answer.content.decode(), name
    client.force_login(contact)
    assert HALF in client.get(reverse("challenge", args=[asked.pk])).content.decode()
