"""What a party has read, and the way from one challenge to the next."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.challenges.content import snapshot
from rounds.challenges.helping.models import Reading
from rounds.challenges.models import Challenge, Revision


def another(like: Challenge, number: int) -> Challenge:
    other = Challenge.objects.get(pk=like.pk)
    other.pk, other._state.adding = None, True
    other.number, other.reference = number, like.round.reference(number)
    other.save()
    Revision.objects.create(challenge=other, number=1, content=snapshot(other))
    return other


def url(challenge: Challenge) -> str:
    return reverse("challenge", args=[challenge.pk])


def test_the_newest_version_is_read_by_opening_it(
    client: Client, submitted: Challenge, coordinator: User, staff: User
) -> None:
    for user in (coordinator, staff):
        client.force_login(user)
        client.get(url(submitted))
    assert set(Reading.objects.values_list("user", "revision")) == {
        (coordinator.pk, 1),
        (staff.pk, 1),
    }
    Revision.objects.create(challenge=submitted, number=2, content=snapshot(submitted))
    client.get(url(submitted) + "?version=1")
    assert Reading.objects.get(user=staff).revision == 1
    client.get(url(submitted))
    assert Reading.objects.get(user=staff).revision == 2


@pytest.mark.parametrize("who", ["contact", "administrator"])
def test_others_leave_no_trace(
    client: Client, submitted: Challenge, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(url(submitted)).status_code == 200
    assert not Reading.objects.exists()


def test_previous_and_next_by_number(
    client: Client, submitted: Challenge, coordinator: User
) -> None:
    third, second = another(submitted, 3), another(submitted, 2)
    client.force_login(coordinator)

    def ways(challenge: Challenge) -> dict[str, str]:
        return {way.rel: way.url for way in client.get(url(challenge)).context["ways"] if way.rel}

    assert ways(submitted) == {"next": url(second)}
    assert ways(second) == {"prev": url(submitted), "next": url(third)}
    assert ways(third) == {"prev": url(second)}


def test_next_unread(client: Client, submitted: Challenge, coordinator: User) -> None:
    client.force_login(coordinator)
    (way,) = [each for each in client.get(url(submitted)).context["ways"] if not each.rel]
    assert way.url.endswith(f"?after={submitted.pk}")


def test_queries(
    client: Client,
    submitted: Challenge,
    contact: User,
    coordinator: User,
    django_assert_num_queries: object,
) -> None:
    for number in range(3):
        submitted.completion_points.create(text=str(number), done_at=clock.now(), done_by=contact)
    for user, queries in ((coordinator, 10), (contact, 10)):
        client.force_login(user)
        client.get(url(submitted))
        with django_assert_num_queries(queries):  # type: ignore[operator]
            client.get(url(submitted))
