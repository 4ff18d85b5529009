"""The association's own list."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.models import Round
from tests.rounds.challenges.many import more


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
