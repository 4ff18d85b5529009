"""What speaks of the same things: found by stems, by whoever may read it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import Organisation, Partnership, User
from organisations.register.enums import Kind
from rounds.challenges.content import snapshot
from rounds.challenges.enums import Status
from rounds.challenges.helping.similar import MOST_SHOWN, marked, query_for
from rounds.challenges.models import Challenge, Revision
from rounds.outcomes.models import Outcome
from rounds.planning.models import Round


def url(challenge: Challenge) -> str:
    return reverse("challenge-similar", args=[challenge.pk])


def given(like: Challenge, number: int, **changed: object) -> Challenge:
    """Return another submitted challenge of the round."""
    other = Challenge.objects.get(pk=like.pk)
    other.pk, other._state.adding = None, True
    other.number, other.reference = number, like.round.reference(number)
    other.status, other.submitted_at = Status.SUBMITTED, clock.now()
    for name, value in changed.items():
        setattr(other, name, value)
    other.save()
    Revision.objects.create(challenge=other, number=1, content=snapshot(other))
    return other


def elsewhere(draft: Challenge) -> Round:
    """Return a round of another partnership."""
    partnership = Partnership.objects.create(
        coordinator=Organisation.objects.create(name="Toinen katto ry"),
        institution=Organisation.objects.create(name="Toinen koulu", kind=Kind.INSTITUTION),
        prefix="TOINEN",
        agreed_from=dt.date(2024, 1, 1),
        reply_to="toinen@example.org",
        sign_off="Terveisin",
    )
    other = Round.objects.get(pk=draft.round_id)
    other.pk, other._state.adding = None, True
    other.partnership, other.slug = partnership, "toinen-1"
    other.save()
    return other


def found(client: Client, user: User, challenge: Challenge) -> list[list[str]]:
    client.force_login(user)
    response = client.get(url(challenge))
    assert response.status_code == 200
    return [[match.title for match in each.matches] for each in response.context["found"]]


class TestFinding:
    def test_by_stems_the_nearest_first(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        given(submitted, 2, title="Yksinäisten tunnistamisessa auttava malli", summary="Malli.")
        given(submitted, 3, title="Iäkkään apu", summary="Kuka vie kauppaan?", target_group="")
        given(
            submitted,
            4,
            title="Kahvilan kävijät",
            summary="Kylä.",
            need="",
            change_sought="",
            target_group="",
        )
        titles = found(client, coordinator, submitted)[0]
        assert titles[0] == "Yksinäisten tunnistamisessa auttava malli"
        assert "Kahvilan kävijät" not in titles
        assert submitted.title not in titles

    def test_shared_words_are_marked_and_the_rest_is_escaped(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        given(submitted, 2, summary="<b>Yksinäisyyttä</b> & tunnistamista")
        client.force_login(coordinator)
        text = client.get(url(submitted)).content.decode()
        assert "&lt;b&gt;<mark>Yksinäisyyttä</mark>&lt;/b&gt;" in text
        assert marked("<i>\ue000a\ue001") == "&lt;i&gt;<mark>a</mark>"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "a",
            "!!! ??? '\\' | & : *",
            "'); drop table",
            "\\",
            "ja se on",
            "\u202e \u200b",
            "x" * 3000,
        ],
    )
    def test_odd_texts(
        self, client: Client, submitted: Challenge, coordinator: User, text: str
    ) -> None:
        revision = submitted.revisions.get()
        revision.content |= {"title": text[:120], "summary": text, "target_group": text}
        revision.save()
        found(client, coordinator, submitted)

    def test_no_words_no_search(self, draft: Challenge) -> None:
        assert query_for({}) is None
        assert query_for({"title": "ja", "summary": None}) is None

    def test_at_most_a_handful(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        for number in range(2, 10):
            given(submitted, number)
        assert len(found(client, coordinator, submitted)[0]) == MOST_SHOWN


class TestWhoReads:
    def test_the_parties_find_their_own_rounds_only(
        self, client: Client, submitted: Challenge, coordinator: User, administrator: User
    ) -> None:
        round_ = elsewhere(submitted)
        given(submitted, 2, title="Tunnistaminen muualla", round=round_, reference="TOINEN-1")
        Challenge.objects.filter(number=2).update(round=round_)
        assert found(client, coordinator, submitted)[0] == []
        assert found(client, administrator, submitted)[0] == ["Tunnistaminen muualla"]

    def test_drafts_are_nobodys_to_find(
        self, client: Client, submitted: Challenge, coordinator: User, contact: User
    ) -> None:
        given(submitted, 2)
        unsent = {"status": Status.DRAFT, "number": None, "reference": "", "submitted_at": None}
        Challenge.objects.filter(number=2).update(**unsent)
        assert found(client, coordinator, submitted)[0] == []
        assert found(client, contact, submitted)[0] == []

    def test_what_is_being_completed_is_not_quoted(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        given(submitted, 2, status=Status.NEEDS_COMPLETION, summary="MERKKI yksinäisyys")
        client.force_login(coordinator)
        assert "MERKKI" not in client.get(url(submitted)).content.decode()

    def test_the_association_finds_what_anybody_reads(
        self, client: Client, submitted: Challenge, contact: User, coordinator: User
    ) -> None:
        given(submitted, 2, title="Salainen tunnistaminen")
        moment = clock.now()
        for number, announced_at in ((3, moment), (4, None)):
            given(
                submitted,
                number,
                title=f"Tunnistaminen {number}",
                status=Status.CONFIRMED,
                decided_at=moment,
                decided_by=coordinator,
                announced_at=announced_at,
            )
        assert found(client, contact, submitted)[0] == ["Tunnistaminen 3"]

    def test_published_outcomes_alone(
        self, client: Client, submitted: Challenge, contact: User, coordinator: User
    ) -> None:
        for title, published_at in (("Tunnistamisen malli", clock.now()), ("Tunnistin", None)):
            Outcome.objects.create(
                challenge=submitted,
                title=title,
                summary="Yksinäisyyden tunnistaminen",
                kind="concept",
                may_publish=True,
                published_at=published_at,
            )
        for user in (contact, coordinator):
            assert found(client, user, submitted)[1] == ["Tunnistamisen malli"]


class TestTwice:
    def test_the_same_text_in_the_same_round(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        copy = given(submitted, 2, title=submitted.title + " uudelleen")
        given(submitted, 3, title="Yksinäisyys", summary="Aivan toinen asia iäkkäistä.")
        client.force_login(coordinator)
        assert client.get(url(submitted)).context["copies"] == [copy]

    def test_not_of_another_association_or_withdrawn(
        self,
        client: Client,
        submitted: Challenge,
        coordinator: User,
        other_association: Organisation,
    ) -> None:
        given(submitted, 2, organisation=other_association)
        given(submitted, 3, status=Status.WITHDRAWN)
        client.force_login(coordinator)
        assert client.get(url(submitted)).context["copies"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    client: Client,
    submitted: Challenge,
    coordinator: User,
    rows: int,
    django_assert_num_queries: object,
) -> None:
    for number in range(rows):
        given(submitted, number + 2)
    client.force_login(coordinator)
    client.get(url(submitted))
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get(url(submitted))


def test_the_title_of_what_is_being_completed_is_the_submitted_one(
    client: Client, submitted: Challenge, coordinator: User
) -> None:
    other = given(submitted, 2)
    Challenge.objects.filter(pk=other.pk).update(
        status=Status.NEEDS_COMPLETION, title=f"{other.title} luonnos"
    )
    assert found(client, coordinator, submitted)[0] == [other.title]
