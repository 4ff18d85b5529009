"""The public pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from minno_portal import clock
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.outcomes.models import Outcome
from rounds.planning.models import Round

TEXTS = ["how-it-works", "accessibility", "privacy", "cookies", "terms"]
WEEK = dt.timedelta(weeks=1)


@pytest.fixture(autouse=True)
def fresh_pages() -> None:
    """Forget the pages that another test had kept."""
    cache.clear()


def page(client: Client, path: str = "/en/", status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.text


def chosen(challenge: Challenge, decider: User, **changes: object) -> Challenge:
    """Make the draft a chosen challenge that was announced."""
    now = clock.now()
    values: dict[str, object] = {
        "status": Status.CONFIRMED,
        "submitted_at": now,
        "number": 1,
        "reference": challenge.round.reference(1),
        "decided_at": now,
        "decided_by": decider,
        "announced_at": now,
        **changes,
    }
    Challenge.objects.filter(pk=challenge.pk).update(**values)
    challenge.refresh_from_db()
    return challenge


# --- The first page ---------------------------------------------------------------------------


def test_an_open_call_shows_its_deadline_places_and_doors(
    client: Client, call_round: Round
) -> None:
    Round.objects.filter(pk=call_round.pk).update(last_reference=5, capacity=4)
    text = page(client)
    assert f"The call for round {call_round.code} is open" in text
    assert "7 days left" in text
    assert "2–4 associations" in text
    assert "<strong>5</strong> challenges have come in" in text
    assert f"/en/challenges/new/{call_round.slug}/" in text
    assert f"/en/rounds/{call_round.slug}/form/" in text
    assert f"/en/rounds/{call_round.slug}/dates.ics" in text


def test_one_challenge_is_not_challenges(client: Client, call_round: Round) -> None:
    Round.objects.filter(pk=call_round.pk).update(last_reference=1)
    assert "<strong>1</strong> challenge has come in" in page(client)


def test_nothing_is_said_of_challenges_before_the_first(client: Client, call_round: Round) -> None:
    assert "come in" not in page(client)


def test_before_the_call_the_page_tells_when_it_opens(client: Client, call_round: Round) -> None:
    with clock.playing_at(call_round.call_opens_at - 3 * dt.timedelta(days=1)):
        Round.objects.filter(pk=call_round.pk).update(published_at=clock.now())
        text = page(client)
    assert "The call opens" in text
    assert "in 3 days" in text
    assert "/challenges/new/" not in text


def test_after_the_call_the_page_says_how_to_be_told(client: Client, call_round: Round) -> None:
    with clock.playing_at(call_round.call_closes_at):
        text = page(client)
    assert "No call is open right now" in text
    assert "mailto:minno@example.org" in text
    assert "/challenges/new/" not in text


def test_an_unpublished_round_is_not_told_of(client: Client, call_round: Round) -> None:
    Round.objects.filter(pk=call_round.pk).update(published_at=None)
    text = page(client)
    assert call_round.code not in text
    assert "The first round is being planned" in text
    assert page(client, f"/en/rounds/{call_round.slug}/", 404)
    assert page(client, f"/en/rounds/{call_round.slug}/dates.ics", 404)


def test_the_first_page_asks_little(
    client: Client, call_round: Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        page(client)


# --- The rounds -------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_rounds(
    client: Client,
    call_round: Round,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(2, rows + 1):
        Round.objects.create(
            **{
                field.attname: getattr(call_round, field.attname)
                for field in Round._meta.concrete_fields
                if not field.primary_key
            }
            | {"number": number, "slug": f"minno-{number}-{call_round.year}"}
        )
    with django_assert_num_queries(1):
        text = page(client, "/en/rounds/")
    assert text.count('class="status status-open"') == rows


def test_no_rounds_yet(client: Client, db: None) -> None:
    assert "No rounds yet" in page(client, "/en/rounds/")


def test_a_round_shows_what_was_chosen_and_what_came_of_it(
    client: Client,
    draft: Challenge,
    coordinator: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    challenge = chosen(draft, coordinator)
    Outcome.objects.create(
        challenge=challenge,
        title="Kolmen kysymyksen kortti",
        summary="Kortti kotikäynnille.",
        kind="prototype",
        may_publish=True,
        published_at=clock.now(),
    )
    path = f"/en/rounds/{challenge.round.slug}/"
    with django_assert_num_queries(3):
        text = page(client, path)
    assert challenge.title in text
    assert challenge.organisation.name in text
    assert "Kolmen kysymyksen kortti" in text
    assert 'lang="fi"' in text


@pytest.mark.parametrize(
    "changes",
    [
        {"may_publish": False},
        {"announced_at": None},
        {"status": Status.RESERVE},
        {"status": Status.SUBMITTED, "decided_at": None, "decided_by": None, "announced_at": None},
    ],
)
def test_a_challenge_stays_hidden_until_it_may_be_shown(
    client: Client, draft: Challenge, coordinator: User, changes: dict[str, object]
) -> None:
    challenge = chosen(draft, coordinator, **changes)
    assert challenge.title not in page(client, f"/en/rounds/{challenge.round.slug}/")


def test_a_round_shows_its_challenge_in_all_languages(
    client: Client, draft: Challenge, coordinator: User
) -> None:
    challenge = chosen(draft, coordinator)
    for prefix in ("", "/sv", "/en"):
        assert challenge.title in page(client, f"{prefix}/rounds/{challenge.round.slug}/")


def test_the_calendar_file(client: Client, call_round: Round) -> None:
    response = client.get(f"/rounds/{call_round.slug}/dates.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="{call_round.slug}.ics"' in response["Content-Disposition"]
    assert response.content.startswith(b"BEGIN:VCALENDAR")


# --- The texts --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("prefix", ["", "sv/", "en/"])
def test_the_texts_open_to_everybody_without_a_query(
    client: Client,
    db: None,
    name: str,
    prefix: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        text = page(client, f"/{prefix}{name}/")
    assert text.count("<h1") == 1
    assert "sessionid" not in client.cookies


def test_the_statement_names_the_authority_and_the_ways_to_give_feedback(
    client: Client, db: None
) -> None:
    text = page(client, "/en/accessibility/")
    for number in range(1, 6):
        assert f">{number}. " in text
    assert "Traficom" in text
    assert "14 days" in text
    assert "306/2019" in text


def test_the_privacy_notice_shows_its_version(client: Client, db: None) -> None:
    from rounds.call.terms import PRIVACY_VERSION

    assert f"Version {PRIVACY_VERSION}" in page(client, "/en/privacy/")


@pytest.mark.parametrize("path", ["/", "/rounds/", "/privacy/", "/outcomes/"])
def test_public_pages_are_read_only(client: Client, db: None, path: str) -> None:
    assert client.post(path).status_code == 405


def test_a_page_that_is_not_there_says_so_plainly(client: Client, db: None) -> None:
    assert "There is no such page" in page(client, "/en/nothing/", 404)
