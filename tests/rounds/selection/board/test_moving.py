"""Giving a challenge another place: by a script that asks for data, and by the form."""

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.planning.models import Round
from tests.rounds.selection.board.conftest import Look
from tests.rounds.selection.conftest import MakeChallenge

AS_DATA = {"Accept": "application/json"}


def test_a_script_hears_the_new_order(
    client: Client, submitted: MakeChallenge, coordinator: User
) -> None:
    first, second, third = submitted(), submitted(), submitted()
    client.force_login(coordinator)
    url = reverse("ranking-move", args=(third.pk,))
    answer = client.post(url, {"position": "1"}, headers=AS_DATA)
    assert answer.json()["order"] == [third.pk, first.pk, second.pk]
    assert third.reference in answer.json()["said"]


def test_a_script_hears_why_not(
    client: Client, call_round: Round, submitted: MakeChallenge, coordinator: User
) -> None:
    challenge = submitted()
    call_round.announced_at = call_round.published_at
    call_round.save()
    client.force_login(coordinator)
    url = reverse("ranking-move", args=(challenge.pk,))
    answer = client.post(url, {"position": "1"}, headers=AS_DATA)
    assert answer.status_code == 409
    assert list(answer.json()) == ["said"]


def test_the_form_comes_back_to_the_same_look(
    client: Client, submitted: MakeChallenge, coordinator: User
) -> None:
    first, second = submitted(), submitted()
    client.force_login(coordinator)
    url = reverse("ranking-move", args=(second.pk,))
    back = f"status=submitted&pick={first.pk}&next=//evil.example"
    response = client.post(f"{url}?to=up", {"position": "1", "back": back}, follow=True)
    assert response.request["QUERY_STRING"] == (
        f"status=submitted&pick={first.pk}&moved={second.pk}&to=up"
    )
    page = response.content.decode()
    row = page[page.index(f'<tr id="challenge-{second.pk}"') :]
    assert " autofocus" in row[: row.index("</tr>")]


@pytest.mark.parametrize("back", ["\x00", "pick=" * 5000, "%ff%00", "a&" * 5000])
def test_odd_ways_back_do_no_harm(
    client: Client, submitted: MakeChallenge, coordinator: User, back: str
) -> None:
    challenge = submitted()
    client.force_login(coordinator)
    url = reverse("ranking-move", args=(challenge.pk,))
    response = client.post(url, {"position": "1", "back": back}, follow=True)
    assert response.status_code == 200


def test_buttons_pass_the_neighbour_that_is_shown(
    submitted: MakeChallenge, look: Look, coordinator: User
) -> None:
    submitted()
    submitted(working_language="sv")
    third = submitted()
    page = look(coordinator, "language=fi").content.decode()
    row = page[page.index(f'<tr id="challenge-{third.pk}"') :]
    assert 'name="position" value="1"' in row[: row.index("</tr>")]
    assert page.count("data-handle") == 2
