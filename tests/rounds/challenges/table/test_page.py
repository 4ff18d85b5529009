"""The table for the parties: who sees it, its filters, order, columns and cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from minno_portal import clock
from organisations.models import Organisation, User
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.helping.services import record_reading
from rounds.challenges.models import Challenge
from rounds.challenges.services import save_section
from rounds.models import Comment, CompletionPoint, Round
from tests.rounds.challenges.many import more
from tests.rounds.challenges.table.reading import table, titles


def test_who_sees_it(
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


def test_drafts_are_not_there(client: Client, draft: Challenge, coordinator: User) -> None:
    client.force_login(coordinator)
    assert titles(table(client, draft.round)) == []


def test_filters(
    client: Client,
    submitted: Challenge,
    other_association: Organisation,
    coordinator: User,
) -> None:
    (quiet,) = more(submitted, 1, title="Äänen kuuleminen", organisation=other_association)
    more(submitted, 1, title="Peruttu", status=Status.WITHDRAWN)
    quiet.counties.add("07")
    record_reading(submitted, 1, reader=coordinator)
    CompletionPoint.objects.create(challenge=submitted, text="Ketkä?")
    client.force_login(coordinator)

    def found(**query: str) -> list[str]:
        return titles(table(client, submitted.round, **query))

    assert len(found()) == 3
    assert found(status="withdrawn") == ["Peruttu"]
    assert found(organisation=str(other_association.pk)) == ["Äänen kuuleminen"]
    assert found(area="07") == ["Äänen kuuleminen"]
    assert found(area="national") == [submitted.title]
    assert found(only="unread") == ["Äänen kuuleminen", "Peruttu"]
    assert found(only="points") == [submitted.title]
    assert found(only="unread", status="withdrawn", q="peruttu") == ["Peruttu"]


def test_filters_folded_away_are_counted(
    client: Client, submitted: Challenge, coordinator: User
) -> None:
    client.force_login(coordinator)
    page = table(client, submitted.round, q="x", status="submitted", only="unread", area="zz%")
    assert page.context["filters"].in_force == 2
    assert '<span class="count" aria-hidden="true">2</span>' in page.content.decode()


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["B", "A", "C"]),
        ("-reference", ["C", "A", "B"]),
        ("title", ["A", "B", "C"]),
        ("-title", ["C", "B", "A"]),
        ("saved", ["B", "A", "C"]),
        ("comments", ["B", "A", "C"]),
        ("password", ["B", "A", "C"]),
    ],
)
def test_sorting(
    client: Client, submitted: Challenge, coordinator: User, sort: str, order: list[str]
) -> None:
    Challenge.objects.update(title="B")
    more(submitted, 1, title="A")
    more(submitted, 1, title="C")
    Challenge.objects.update(saved_at=clock.now())
    client.force_login(coordinator)
    response = table(client, submitted.round, sort=sort)
    assert titles(response) == order
    assert response.content.decode().count("aria-sort=") == (sort != "saved")


@pytest.mark.parametrize(
    "query",
    [
        {"status": "draft"},
        {"status": "\x00"},
        {"organisation": "9" * 30},
        {"organisation": "²"},
        {"area": "\x00"},
        {"area": "'"},
        {"only": "everything"},
        {"q": "\x00"},
        {"q": "%_\\"},
        {"q": "'"},
        {"q": '"'},
        {"q": "& | ! ( :*"},
        {"q": "a" * 5000},
        {"q": "99999"},
        {"q": "²"},
        {"q": "OR -"},
        {"page": "-5"},
        {"page": "9" * 30},
        {"page": "9" * 5000},
        {"sort": "--reference"},
        {"sort": "\x00"},
        {"columns": "nothing,\x00"},
        {"columns": "," * 500},
    ],
)
def test_odd_addresses_show_something(
    client: Client, submitted: Challenge, coordinator: User, query: dict[str, str]
) -> None:
    client.force_login(coordinator)
    assert table(client, submitted.round, **query).status_code == 200


def test_fifty_a_page_and_the_rest_of_the_address_stays(
    client: Client, submitted: Challenge, coordinator: User
) -> None:
    more(submitted, 60)
    client.force_login(coordinator)
    query = {"q": "haaste", "sort": "-title", "columns": "status"}
    response = table(client, submitted.round, **query)
    assert len(titles(response)) == 50
    assert "?q=haaste&amp;sort=-title&amp;columns=status&amp;page=2" in response.content.decode()
    assert len(titles(table(client, submitted.round, page="2", **query))) == 10


class TestColumns:
    def test_the_usual_ones(self, client: Client, submitted: Challenge, coordinator: User) -> None:
        client.force_login(coordinator)
        columns = table(client, submitted.round).context["table"].columns
        assert [column.key for column in columns] == [
            "reference",
            "title",
            "organisation",
            "status",
            "submitted",
            "comments",
        ]

    @pytest.mark.parametrize("written", ["areas,hours", "hours,areas,title,nothing"])
    def test_chosen_ones_beside_the_title(
        self, client: Client, submitted: Challenge, coordinator: User, written: str
    ) -> None:
        client.force_login(coordinator)
        response = table(client, submitted.round, columns=written)
        keys = [column.key for column in response.context["table"].columns]
        assert keys == ["title", "areas", "hours"]
        assert gettext("The whole country") in response.content.decode()

    def test_a_form_writes_them_one_by_one(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        url = reverse("round-challenges", args=[submitted.round.slug])
        response = client.get(f"{url}?columns=status&columns=hours")
        assert response.context["filters"].query() == "columns=status,hours"

    def test_every_column_is_drawn_in_few_queries(
        self,
        client: Client,
        submitted: Challenge,
        coordinator: User,
        django_assert_num_queries: Any,
    ) -> None:
        client.force_login(coordinator)
        response = table(client, submitted.round)
        every = ",".join(response.context["filters"].available)
        for extra in (0, 2):
            more(submitted, extra)
            with django_assert_num_queries(13):
                table(client, submitted.round, columns=every)

    def test_what_is_half_written_stays_the_associations(
        self, client: Client, asked: Challenge, contact: User, coordinator: User
    ) -> None:
        values = {"title": "Luonnos", "hoped_outputs": ["prototype"]}
        save_section(asked.pk, section="challenge", values=values, version=None, actor=contact)
        client.force_login(coordinator)
        response = table(client, asked.round, columns="outputs")
        assert titles(response) == ["Yksinäisyyden varhainen tunnistaminen"]
        assert response.context["table"].rows[0]["content"]["hoped_outputs"] == ["concept"]


class TestUnread:
    def test_a_word_and_not_only_a_look(
        self, client: Client, submitted: Challenge, coordinator: User, staff: User
    ) -> None:
        def marks(user: User) -> int:
            client.force_login(user)
            return table(client, submitted.round).content.decode().count("status-unread")

        assert marks(coordinator) == 1
        record_reading(submitted, 1, reader=coordinator)
        assert marks(coordinator) == 0
        assert marks(staff) == 1
        submitted.revisions.create(number=2, content={})
        assert marks(coordinator) == 1


def test_comments_of_others_to_themselves_are_not_counted(
    client: Client, submitted: Challenge, coordinator: User, staff: User
) -> None:
    for visibility in Visibility.values:
        Comment.objects.create(
            challenge=submitted, author=staff, visibility=visibility, body="Huomio"
        )
    counts = {}
    for user in (coordinator, staff):
        client.force_login(user)
        counts[user] = table(client, submitted.round).context["table"].rows[0]["comment_count"]
    assert counts == {coordinator: 2, staff: 3}


def test_what_people_write_is_escaped(
    client: Client, submitted: Challenge, coordinator: User
) -> None:
    Challenge.objects.update(title="{0}<script>{}</script>")
    Organisation.objects.update(name="{0.__class__}<b>")
    client.force_login(coordinator)
    text = table(client, submitted.round, q='"><script>').content.decode()
    assert "<script>{}" not in text
    text = table(client, submitted.round).content.decode()
    assert "{0}&lt;script&gt;{}&lt;/script&gt;" in text


@pytest.mark.parametrize("query", [{}, {"sort": "title"}, {"q": "haaste"}, {"only": "unread"}])
def test_queries_do_not_grow(
    client: Client,
    submitted: Challenge,
    coordinator: User,
    django_assert_num_queries: Any,
    query: dict[str, str],
) -> None:
    client.force_login(coordinator)
    Challenge.objects.update(title="Haaste")
    for extra in (0, 2):
        more(submitted, extra)
        with django_assert_num_queries(10):
            table(client, submitted.round, **query)


def test_ten_and_three_hundred_take_the_same_queries(
    client: Client, submitted: Challenge, coordinator: User, django_assert_num_queries: Any
) -> None:
    client.force_login(coordinator)
    for size in (10, 300):
        more(submitted, size - Challenge.objects.count())
        for query in ({}, {"sort": "title", "page": str(size // 100)}, {"q": "haaste"}):
            with django_assert_num_queries(10):
                response = table(client, submitted.round, **query)
        assert response.context["table"].page.paginator.count == size - 1


class TestNextUnread:
    def go(self, client: Client, round_: Round, after: str = "") -> Any:
        url = reverse("challenge-next-unread", args=[round_.slug])
        return client.get(url, {"after": after})

    def test_by_number_and_round_again(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        second, third = more(submitted, 2)
        record_reading(second, 1, reader=coordinator)
        client.force_login(coordinator)
        assert self.go(client, submitted.round).url == reverse("challenge", args=[submitted.pk])
        following = self.go(client, submitted.round, str(submitted.pk))
        assert following.url == reverse("challenge", args=[third.pk])
        again = self.go(client, submitted.round, str(third.pk))
        assert again.url == reverse("challenge", args=[submitted.pk])

    def test_when_all_is_read(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        record_reading(submitted, 1, reader=coordinator)
        client.force_login(coordinator)
        response = self.go(client, submitted.round, str(submitted.pk))
        assert response.url == reverse("round-challenges", args=[submitted.round.slug])

    @pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40, "\x00", "²"])
    def test_odd_addresses(
        self, client: Client, submitted: Challenge, coordinator: User, after: str
    ) -> None:
        client.force_login(coordinator)
        assert self.go(client, submitted.round, after).status_code == 302

    def test_not_for_others(self, client: Client, submitted: Challenge, contact: User) -> None:
        client.force_login(contact)
        assert self.go(client, submitted.round).status_code == 404
