"""The association's own list, and the round's table for the parties."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation, User
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.models import Challenge
from rounds.models import Comment, Round


def more(challenge: Challenge, count: int, **changes: Any) -> list[Challenge]:
    """Return `count` submitted challenges beside a submitted one."""
    first = challenge.round.challenges.count() + 1
    return Challenge.objects.bulk_create(
        Challenge(
            round=challenge.round,
            organisation=changes.get("organisation", challenge.organisation),
            status=changes.get("status", Status.SUBMITTED),
            title=changes.get("title", f"Haaste {number}"),
            number=number,
            reference=challenge.round.reference(number),
            submitted_at=challenge.submitted_at,
        )
        for number in range(first, first + count)
    )


class TestMine:
    def test_nobody_else_sees_mine(
        self, client: Client, draft: Challenge, contact: User, other_contact: User
    ) -> None:
        url = reverse("challenges")
        assert client.get(url).status_code == 302
        client.force_login(contact)
        assert draft.title in client.get(url).content.decode()
        client.force_login(other_contact)
        assert draft.title not in client.get(url).content.decode()

    def test_the_status_is_the_told_one(
        self, client: Client, submitted: Challenge, contact: User
    ) -> None:
        Challenge.objects.update(status=Status.PROPOSED)
        client.force_login(contact)
        text = client.get(reverse("challenges")).content.decode()
        assert "status-considered" in text
        assert "status-proposed" not in text

    def test_queries_do_not_grow(
        self, client: Client, submitted: Challenge, contact: User, django_assert_num_queries: Any
    ) -> None:
        client.force_login(contact)
        for extra in (0, 2):
            more(submitted, extra)
            with django_assert_num_queries(6):
                client.get(reverse("challenges"))

    def test_many_are_on_several_pages(
        self, client: Client, submitted: Challenge, contact: User
    ) -> None:
        more(submitted, 25)
        client.force_login(contact)
        first = client.get(reverse("challenges"))
        second = client.get(reverse("challenges"), {"page": 2})
        assert [len(page.context["mine"]) for page in (first, second)] == [25, 1]
        assert 'rel="next"' in first.content.decode()
        assert 'rel="prev"' in second.content.decode()


def table(client: Client, round_: Round, **query: str) -> Any:
    url = reverse("round-challenges", args=[round_.slug])
    return client.get(f"{url}?{urlencode(query)}")


def titles(response: Any) -> list[str]:
    return [row.title for row in response.context["rows"]]


class TestRound:
    def test_who_sees_it(
        self,
        client: Client,
        submitted: Challenge,
        contact: User,
        stranger: User,
        coordinator: User,
        staff: User,
        administrator: User,
    ) -> None:
        assert table(client, submitted.round).status_code == 302
        for user in (contact, stranger):
            client.force_login(user)
            assert table(client, submitted.round).status_code == 404
        for user in (coordinator, staff, administrator):
            client.force_login(user)
            assert titles(table(client, submitted.round)) == [submitted.title]

    def test_drafts_are_not_there(
        self, client: Client, draft: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        assert titles(table(client, draft.round)) == []

    def test_filters(
        self,
        client: Client,
        submitted: Challenge,
        other_association: Organisation,
        coordinator: User,
    ) -> None:
        more(submitted, 1, title="Äänen kuuleminen", organisation=other_association)
        more(submitted, 1, title="Peruttu", status=Status.WITHDRAWN)
        client.force_login(coordinator)

        def found(**query: str) -> list[str]:
            return titles(table(client, submitted.round, **query))

        assert len(found()) == 3
        assert found(status="withdrawn") == ["Peruttu"]
        assert found(organisation=str(other_association.pk)) == ["Äänen kuuleminen"]
        assert found(q="äänen") == ["Äänen kuuleminen"]
        assert found(q="mallijärj") == ["Äänen kuuleminen"]
        assert found(q=submitted.reference) == [submitted.title]
        assert found(q="100%") == []

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("", ["B", "A", "C"]),
            ("-number", ["C", "A", "B"]),
            ("title", ["A", "B", "C"]),
            ("-title", ["C", "B", "A"]),
            ("password", ["B", "A", "C"]),
        ],
    )
    def test_sorting(
        self, client: Client, submitted: Challenge, coordinator: User, sort: str, order: list[str]
    ) -> None:
        Challenge.objects.update(title="B")
        more(submitted, 1, title="A")
        more(submitted, 1, title="C")
        client.force_login(coordinator)
        response = table(client, submitted.round, sort=sort)
        assert titles(response) == order
        assert response.content.decode().count("aria-sort=") == 1

    @pytest.mark.parametrize(
        "query",
        [
            {"status": "draft"},
            {"status": "\x00"},
            {"organisation": "9" * 30},
            {"organisation": "²"},
            {"q": "\x00"},
            {"q": "%_\\"},
            {"page": "-5"},
            {"page": "9" * 30},
            {"sort": "--number"},
        ],
    )
    def test_odd_addresses_show_something(
        self, client: Client, submitted: Challenge, coordinator: User, query: dict[str, str]
    ) -> None:
        client.force_login(coordinator)
        assert table(client, submitted.round, **query).status_code == 200

    def test_fifty_a_page_and_the_filter_stays(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        more(submitted, 60)
        client.force_login(coordinator)
        response = table(client, submitted.round, q="haaste")
        assert len(titles(response)) == 50
        assert "?q=haaste&amp;page=2" in response.content.decode()
        assert len(titles(table(client, submitted.round, q="haaste", page="2"))) == 10

    def test_comments_of_others_to_themselves_are_not_counted(
        self, client: Client, submitted: Challenge, coordinator: User, staff: User
    ) -> None:
        for visibility in Visibility.values:
            Comment.objects.create(
                challenge=submitted, author=staff, visibility=visibility, body="Huomio"
            )
        counts = {}
        for user in (coordinator, staff):
            client.force_login(user)
            counts[user] = table(client, submitted.round).context["rows"][0].comments
        assert counts == {coordinator: 2, staff: 3}

    def test_queries_do_not_grow(
        self,
        client: Client,
        submitted: Challenge,
        coordinator: User,
        django_assert_num_queries: Any,
    ) -> None:
        client.force_login(coordinator)
        for extra in (0, 2):
            more(submitted, extra)
            with django_assert_num_queries(8):
                table(client, submitted.round)


class TestPublicForm:
    def test_anybody_reads_the_questions(self, client: Client, call_round: Round) -> None:
        call_round.criteria.create(position=1, name="Selkeys", description="Onko yksi ongelma?")
        response = client.get(reverse("public-form", args=[call_round.slug]))
        assert response.status_code == 200
        assert "Selkeys" in response.content.decode()
        assert len(response.context["sections"]) == 5

    def test_not_before_publishing(self, client: Client, call_round: Round) -> None:
        Round.objects.update(published_at=None)
        assert client.get(reverse("public-form", args=[call_round.slug])).status_code == 404

    def test_strangers_get_it_kept(
        self, client: Client, call_round: Round, django_assert_num_queries: Any
    ) -> None:
        url = reverse("public-form", args=[call_round.slug])
        first = client.get(url)
        with django_assert_num_queries(0):
            assert client.get(url).content == first.content
