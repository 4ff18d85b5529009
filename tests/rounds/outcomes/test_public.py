"""The gallery of outcomes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from minno_portal import clock
from rounds.challenges.models import Challenge
from rounds.outcomes.models import Outcome

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def fresh_pages() -> None:
    """Forget the pages that another test had kept."""
    cache.clear()


def outcome(challenge: Challenge, title: str, **changes: object) -> Outcome:
    values: dict[str, object] = {
        "challenge": challenge,
        "title": title,
        "summary": "Kortti kotikäynnille.",
        "kind": "prototype",
        "may_publish": True,
        "published_at": clock.now(),
        **changes,
    }
    return Outcome.objects.create(**values)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_gallery(
    client: Client, draft: Challenge, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        outcome(draft, f"Kortti {number}", link=f"https://example.org/{number}")
    with django_assert_num_queries(2):
        text = client.get("/en/outcomes/").text
    assert text.count("Kortti ") >= rows
    assert text.count("https://example.org/") == rows
    assert text.count("Esimerkkiyhdistys ry") == rows


def test_what_is_not_published_is_not_shown(client: Client, draft: Challenge) -> None:
    outcome(draft, "Vielä piilossa", published_at=None)
    outcome(draft, "Ensi viikolla", published_at=clock.now() + HOUR)
    text = client.get("/en/outcomes/").text
    assert "Vielä piilossa" not in text
    assert "Ensi viikolla" not in text
    assert "No outcomes yet" in text


def test_the_newest_comes_first(client: Client, draft: Challenge) -> None:
    outcome(draft, "Vanhempi", published_at=clock.now() - HOUR)
    outcome(draft, "Uudempi")
    text = client.get("/en/outcomes/").text
    assert text.index("Uudempi") < text.index("Vanhempi")


def test_a_text_in_another_language_says_so(client: Client, draft: Challenge) -> None:
    outcome(draft, "Ett kort", language="sv")
    assert '<h3 lang="sv">Ett kort</h3>' in client.get("/en/outcomes/").text


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "99999999999999999999", "\x00"])
def test_a_strange_page_number_still_answers(client: Client, draft: Challenge, page: str) -> None:
    outcome(draft, "Kortti")
    response = client.get("/en/outcomes/", {"page": page})
    assert response.status_code == 200
    assert "Kortti" in response.text


def test_many_outcomes_come_in_pages(client: Client, draft: Challenge) -> None:
    for number in range(25):
        outcome(draft, f"Kortti {number:02d}")
    first = client.get("/en/outcomes/").text
    second = client.get("/en/outcomes/", {"page": "2"}).text
    assert first.count("<h3") == 24
    assert second.count("<h3") == 1
    assert 'href="?page=2"' in first
