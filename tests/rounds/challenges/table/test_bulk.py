"""Doing something to several challenges at once: first exactly what, then the deed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.comment_letters import PAUSE, tell_comments
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.models import Challenge
from rounds.models import Comment, Reading
from tests.rounds.challenges.many import more


def address(challenge: Challenge) -> str:
    return reverse("challenges-bulk", args=[challenge.round.slug])


def picks(challenges: Iterable[Challenge]) -> list[str]:
    return [str(challenge.pk) for challenge in challenges]


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def three(submitted: Challenge) -> list[Challenge]:
    """A submitted, a withdrawn and a decided challenge."""
    (gone,) = more(submitted, 1, status=Status.WITHDRAWN)
    (other,) = more(submitted, 1)
    Challenge.objects.filter(pk=other.pk).update(contact_email="toinen@example.org")
    return [submitted, gone, other]


def completion(**changes: str) -> dict[str, str]:
    due_on = clock.today() + dt.timedelta(weeks=1)
    return {
        "do": "completion",
        "comment": "Ketkä tekevät?",
        "due_on": due_on.isoformat(),
        "once": "first",
        **changes,
    }


class TestWho:
    def test_others_find_nothing(
        self, client: Client, submitted: Challenge, contact: User, stranger: User
    ) -> None:
        for user in (contact, stranger):
            client.force_login(user)
            for method in (client.get, client.post):
                assert method(address(submitted), {"do": "read"}).status_code == 404

    def test_each_role_is_offered_what_it_may_do(
        self,
        client: Client,
        submitted: Challenge,
        coordinator: User,
        staff: User,
        administrator: User,
    ) -> None:
        offered = {}
        for user in (coordinator, staff, administrator):
            client.force_login(user)
            url = reverse("round-challenges", args=[submitted.round.slug])
            offered[user] = list(client.get(url).context["actions"])
        assert offered == {
            coordinator: ["read", "unread", "completion", "comment"],
            staff: ["read", "unread", "comment"],
            administrator: ["read", "unread"],
        }

    def test_what_is_not_offered_is_not_done(
        self, client: Client, submitted: Challenge, staff: User
    ) -> None:
        client.force_login(staff)
        client.post(address(submitted), {**completion(), "pick": submitted.pk})
        submitted.refresh_from_db()
        assert submitted.status == Status.SUBMITTED

    def test_a_challenge_of_another_round_is_left_out(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        response = client.get(address(submitted), {"do": "read", "pick": ["999999"]})
        assert response.status_code == 302


class TestAsking:
    def test_nothing_happens_before_the_confirmation(
        self, client: Client, three: list[Challenge], coordinator: User
    ) -> None:
        client.force_login(coordinator)
        query = {"do": "completion", "pick": picks(three), "back": "status=submitted"}
        response = client.get(address(three[0]), query)
        plan = response.context["plan"]
        assert [each.challenge for each in plan.ready] == [three[0], three[2]]
        assert [each.challenge for each in plan.refused] == [three[1]]
        text = response.content.decode()
        for shown in (three[0].contact_email, "toinen@example.org", str(Status.WITHDRAWN.label)):
            assert shown in text
        assert plan.letters == 2
        assert not Letter.objects.filter(kind="needs-completion").exists()

    def test_done_and_refused_are_told(
        self, client: Client, three: list[Challenge], coordinator: User
    ) -> None:
        client.force_login(coordinator)
        response = client.post(
            address(three[0]), {**completion(back="sort=title"), "pick": picks(three)}
        )
        assert response.url.endswith("?sort=title")
        statuses = list(Challenge.objects.order_by("number").values_list("status", flat=True))
        assert statuses == [Status.NEEDS_COMPLETION, Status.WITHDRAWN, Status.NEEDS_COMPLETION]
        done, refused = said(response)
        assert three[0].reference in done
        assert three[2].reference in done
        assert three[1].reference in refused
        assert Letter.objects.filter(kind="needs-completion").count() == 2

    def test_the_same_button_twice_writes_once(
        self, client: Client, three: list[Challenge], coordinator: User
    ) -> None:
        client.force_login(coordinator)
        for _press in range(2):
            client.post(address(three[0]), {**completion(), "pick": picks(three)})
        assert Comment.objects.count() == 2

    @pytest.mark.parametrize(
        "bad",
        [
            {"comment": " "},
            {"comment": "x\x00"},
            {"comment": "x" * 10_000},
            {"due_on": "2020-01-01"},
            {"due_on": "huomenna"},
            {"due_on": "9999999-01-01"},
        ],
    )
    def test_an_error_stands_at_its_field_and_the_rest_stays(
        self, client: Client, three: list[Challenge], coordinator: User, bad: dict[str, str]
    ) -> None:
        client.force_login(coordinator)
        sent = {**completion(**bad), "pick": picks(three)}
        response = client.post(address(three[0]), sent)
        assert response.status_code == 200
        form = response.context["form"]
        assert list(form.errors) == list(bad)
        assert len(response.context["plan"].ready) == 2
        assert not Comment.objects.exists()


class TestReading:
    def test_marking_and_taking_back(
        self, client: Client, three: list[Challenge], staff: User
    ) -> None:
        client.force_login(staff)
        client.post(address(three[0]), {"do": "read", "pick": picks(three), "once": "a"})
        assert Reading.objects.filter(user=staff).count() == 3
        response = client.get(address(three[0]), {"do": "read", "pick": picks(three)})
        assert not response.context["plan"].ready
        one = picks(three[:1])
        client.post(address(three[0]), {"do": "unread", "pick": one, "once": "b"})
        assert Reading.objects.filter(user=staff).count() == 2

    def test_everything_that_the_filters_pass(
        self, client: Client, three: list[Challenge], staff: User
    ) -> None:
        client.force_login(staff)
        sent = {"do": "read", "all": "1", "back": "status=withdrawn", "once": "a"}
        client.post(address(three[0]), sent)
        assert Reading.objects.get().challenge == three[1]


class TestCommenting:
    def test_the_association_gets_a_letter_only_of_what_it_sees(
        self, client: Client, three: list[Challenge], staff: User
    ) -> None:
        client.force_login(staff)
        for visibility in (Visibility.PARTIES, Visibility.ASSOCIATION):
            sent = {"do": "comment", "body": f"Hyvä {visibility}", "visibility": visibility}
            client.post(address(three[0]), {**sent, "pick": picks(three[:1]), "once": visibility})
        assert Comment.objects.filter(author=staff).count() == 2
        with clock.playing_at(clock.now() + PAUSE):
            tell_comments()
        letter = Letter.objects.get(kind="comment")
        assert "Hyvä association" in letter.text
        assert "Hyvä parties" not in letter.text

    def test_who_sees_it_is_chosen_each_time(
        self, client: Client, three: list[Challenge], staff: User
    ) -> None:
        client.force_login(staff)
        sent = {"do": "comment", "body": "Hyvä", "pick": picks(three)}
        response = client.post(address(three[0]), sent)
        assert list(response.context["form"].errors) == ["visibility"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"do": "nothing"},
        {"do": "\x00"},
        {"do": "read"},
        {"do": "read", "pick": ["x", "\x00", "9" * 40, "-1", "²"]},
        {"do": "export"},
        {"do": "read", "all": "1", "back": "q=%00&status=x&columns=,"},
    ],
)
def test_odd_requests_lead_back(
    client: Client, submitted: Challenge, coordinator: User, query: dict[str, Any]
) -> None:
    client.force_login(coordinator)
    assert client.get(address(submitted), query).status_code in (200, 302)
    assert client.post(address(submitted), query).status_code in (200, 302)


def test_queries_of_the_confirmation_do_not_grow(
    client: Client, submitted: Challenge, coordinator: User, django_assert_num_queries: Any
) -> None:
    client.force_login(coordinator)
    for extra in (0, 2):
        more(submitted, extra)
        with django_assert_num_queries(6):
            client.get(address(submitted), {"do": "completion", "all": "1"})
