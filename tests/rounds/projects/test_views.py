from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.projects.models import Team
from tests.rounds.projects.cast import chosen

TEAM = {
    "name": "Tiimi A",
    "contact_email": "tiimi@example.org",
    "tutor_name": "O",
    "tutor_email": "",
}


def addresses(challenge: Challenge) -> list[str]:
    return [reverse(name, args=(challenge.pk,)) for name in ("project-start", "project-complete")]


def test_an_empty_page_says_what_will_appear(
    client: Client, call_round: Round, staff: User
) -> None:
    client.force_login(staff)
    response = client.get(reverse("round-projects", args=(call_round.slug,)))
    assert response.status_code == 200
    assert reverse("round-selection", args=(call_round.slug,)) in response.content.decode()


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
        chosen(call_round, association, coordinator, number=number + 1)
    client.force_login(coordinator)
    url = reverse("round-projects", args=(call_round.slug,))
    client.get(url)
    with django_assert_num_queries(QUERIES):
        response = client.get(url)
    assert len(response.context["projects"]) == rows


QUERIES = 7


def test_administrators_look_and_do_not_touch(
    client: Client, administrator: User, running: Challenge
) -> None:
    client.force_login(administrator)
    page = client.get(reverse("round-projects", args=(running.round.slug,)))
    assert page.status_code == 200
    assert not page.context["projects"][0].may_complete
    for url in addresses(running):
        assert client.post(url).status_code == 403


def test_actions_are_only_for_the_parties(
    client: Client, confirmed: Challenge, contact: User, stranger: User
) -> None:
    team = reverse("team-new", args=(confirmed.pk,))
    for user, expected in ((stranger, 404), (contact, 403)):
        client.force_login(user)
        assert client.get(team).status_code == expected
        assert client.post(team, TEAM).status_code == expected
        for url in addresses(confirmed):
            assert client.post(url).status_code == expected
            assert client.get(url).status_code == 405
    assert not Team.objects.exists()


def test_a_team_is_named_and_the_project_started(
    client: Client, confirmed: Challenge, staff: User
) -> None:
    client.force_login(staff)
    page = reverse("round-projects", args=(confirmed.round.slug,))
    assert client.get(reverse("team-new", args=(confirmed.pk,))).status_code == 200
    response = client.post(reverse("team-new", args=(confirmed.pk,)), TEAM)
    assert response.status_code == 302
    assert response["Location"] == page
    assert confirmed.teams.get().name == "Tiimi A"
    client.post(reverse("project-start", args=(confirmed.pk,)))
    confirmed.refresh_from_db()
    assert confirmed.status == Status.RUNNING
    client.post(reverse("project-complete", args=(confirmed.pk,)))
    confirmed.refresh_from_db()
    assert confirmed.status == Status.COMPLETED


def test_a_team_is_corrected(
    client: Client, running: Challenge, staff: User, stranger: User, contact: User
) -> None:
    url = reverse("team-edit", args=(running.teams.get().pk,))
    for user, expected in ((stranger, 404), (contact, 403)):
        client.force_login(user)
        assert client.post(url, TEAM).status_code == expected
    client.force_login(staff)
    assert "Tiimi 2" in client.get(url).content.decode()
    client.post(url, TEAM)
    assert running.teams.get().name == "Tiimi A"


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 81}, {"name": "a\x00b"}, {"contact_email": "ei osoite"}],
)
def test_a_wrong_team_is_shown_again(
    client: Client, confirmed: Challenge, staff: User, wrong: dict[str, str]
) -> None:
    client.force_login(staff)
    response = client.post(reverse("team-new", args=(confirmed.pk,)), {**TEAM, **wrong})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == wrong.keys()
    assert not Team.objects.exists()


def test_a_taken_name_is_said_at_the_field(client: Client, running: Challenge, staff: User) -> None:
    client.force_login(staff)
    url = reverse("team-new", args=(running.pk,))
    response = client.post(url, {**TEAM, "name": running.teams.get().name})
    assert "name" in response.context["form"].errors


def test_too_early_and_too_late_are_said(
    client: Client, confirmed: Challenge, running: Challenge, staff: User
) -> None:
    client.force_login(staff)
    for url in (
        reverse("project-start", args=(confirmed.pk,)),
        reverse("project-complete", args=(confirmed.pk,)),
        reverse("project-start", args=(running.pk,)),
    ):
        response = client.post(url, follow=True)
        assert [message.level_tag for message in response.context["messages"]] == ["error"]
    running.status = Status.COMPLETED
    running.save()
    response = client.get(reverse("team-new", args=(running.pk,)), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
