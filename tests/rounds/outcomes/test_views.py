from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.outcomes.models import Outcome
from rounds.outcomes.services import record_outcome
from rounds.planning.models import Round
from tests.rounds.outcomes.test_services import VALUES
from tests.rounds.projects.cast import chosen

QUERIES = 7
FORM = {**VALUES, "may_publish": "on"}


@pytest.fixture
def outcome(running: Challenge, coordinator: User) -> Outcome:
    return record_outcome(running.pk, **VALUES, actor=coordinator)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_at_any_length(
    client: Client,
    call_round: Round,
    association: Organisation,
    coordinator: User,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(rows):
        challenge = chosen(
            call_round, association, coordinator, number=number + 1, status=Status.RUNNING
        )
        for _ in range(rows):
            record_outcome(challenge.pk, **VALUES, actor=coordinator)
    client.force_login(coordinator)
    url = reverse("round-outcomes", args=(call_round.slug,))
    client.get(url)
    with django_assert_num_queries(QUERIES):
        response = client.get(url)
    assert response.content.decode().count("outcome-line") == rows * rows


def test_an_empty_page_leads_to_the_projects(
    client: Client, call_round: Round, staff: User
) -> None:
    client.force_login(staff)
    page = client.get(reverse("round-outcomes", args=(call_round.slug,))).content.decode()
    assert reverse("round-projects", args=(call_round.slug,)) in page


def test_strangers_and_givers_change_nothing(
    client: Client, outcome: Outcome, stranger: User, contact: User
) -> None:
    addresses = [reverse(name, args=(outcome.pk,)) for name in ("outcome-publish", "outcome-hide")]
    forms = [
        reverse("outcome-new", args=(outcome.challenge_id,)),
        reverse("outcome-edit", args=(outcome.pk,)),
    ]
    for user, expected in ((stranger, 404), (contact, 403)):
        client.force_login(user)
        for url in forms:
            assert client.get(url).status_code == expected
        for url in (*addresses, *forms):
            assert client.post(url, FORM).status_code == expected
    for url in addresses:
        assert client.get(url).status_code == 405
    assert Outcome.objects.get() == outcome


def test_the_institution_records_and_does_not_publish(
    client: Client, running: Challenge, staff: User
) -> None:
    client.force_login(staff)
    url = reverse("outcome-new", args=(running.pk,))
    assert client.get(url).context["form"]["may_publish"].value() is True
    assert client.post(url, FORM).status_code == 302
    outcome = Outcome.objects.get()
    assert client.post(reverse("outcome-publish", args=(outcome.pk,))).status_code == 403


def test_the_coordinator_publishes_and_it_shows(
    client: Client, outcome: Outcome, coordinator: User
) -> None:
    client.force_login(coordinator)
    client.post(reverse("outcome-publish", args=(outcome.pk,)))
    public = Client().get(reverse("public-outcomes")).content.decode()
    assert outcome.title in public
    client.post(reverse("outcome-hide", args=(outcome.pk,)))
    outcome.refresh_from_db()
    assert outcome.published_at is None


def test_without_permission_it_is_said(client: Client, outcome: Outcome, coordinator: User) -> None:
    Outcome.objects.update(may_publish=False)
    client.force_login(coordinator)
    response = client.post(reverse("outcome-publish", args=(outcome.pk,)), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_an_outcome_is_corrected(client: Client, outcome: Outcome, staff: User) -> None:
    client.force_login(staff)
    url = reverse("outcome-edit", args=(outcome.pk,))
    client.post(url, {**FORM, "title": "Korjattu"})
    outcome.refresh_from_db()
    assert outcome.title == "Korjattu"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "a\x00"),
        ("summary", "x" * 1001),
        ("kind", "unknown"),
        ("link", "javascript:alert(1)"),
        ("language", "xx"),
    ],
)
def test_a_wrong_outcome_is_shown_again(
    client: Client, running: Challenge, staff: User, field: str, value: str
) -> None:
    client.force_login(staff)
    url = reverse("outcome-new", args=(running.pk,))
    response = client.post(url, {**FORM, field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Outcome.objects.exists()


def test_a_project_that_has_not_begun_has_none(
    client: Client, running: Challenge, staff: User
) -> None:
    running.status = Status.CONFIRMED
    running.save()
    client.force_login(staff)
    response = client.get(reverse("outcome-new", args=(running.pk,)), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
