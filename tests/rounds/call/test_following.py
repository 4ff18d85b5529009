"""What can be followed: the calendar, the feeds, what search engines and shared links are told."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from minno_portal import clock
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.outcomes.models import Outcome
from rounds.planning.models import Round
from tests.rounds.call.test_views import chosen

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(autouse=True)
def fresh_pages() -> None:
    cache.clear()


def tree(client: Client, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200
    return ET.fromstring(response.content)


def hidden(round_: Round) -> Round:
    """Return a round that has not been published."""
    copy = Round.objects.get(pk=round_.pk)
    copy.pk, copy.number, copy.slug, copy.published_at = None, 9, "minno-9-hidden", None
    copy.save()
    return copy


# --- The calendar -------------------------------------------------------------------------------


def test_the_calendar_of_rounds_has_published_present_ones(
    client: Client, call_round: Round
) -> None:
    hidden(call_round)
    response = client.get("/dates.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    uids = {str(event["UID"]) for event in calendar.walk("VEVENT")}
    assert uids
    assert all(uid.startswith(call_round.slug) for uid in uids)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H" in response.content
    assert b"X-PUBLISHED-TTL:PT12H" in response.content


def test_a_round_that_is_over_leaves_the_calendar(client: Client, call_round: Round) -> None:
    after = clock.helsinki(call_round.evaluation_on, 12)
    with clock.playing_at(after.replace(year=after.year + 1)):
        assert b"VEVENT" not in client.get("/dates.ics").content


# --- Feeds --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_calls_can_be_followed_in_each_language(
    client: Client, call_round: Round, language: str
) -> None:
    hidden(call_round)
    prefix = "" if language == "fi" else f"/{language}"
    feed = tree(client, f"{prefix}/calls.atom")
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 1
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"].endswith(f"{prefix}/rounds/{call_round.slug}/")
    title = entries[0].findtext(f"{ATOM}title")
    assert title is not None
    assert call_round.code in title


def test_an_entry_is_the_same_in_every_language(client: Client, call_round: Round) -> None:
    ids = {
        tree(client, path).find(f"{ATOM}entry").findtext(f"{ATOM}id")  # type: ignore[union-attr]
        for path in ("/calls.atom", "/sv/calls.atom", "/en/calls.atom")
    }
    assert len(ids) == 1


def test_only_published_outcomes_can_be_followed(
    client: Client, draft: Challenge, coordinator: User
) -> None:
    challenge = chosen(draft, coordinator)
    shown = {"summary": "Tiivistelmä <b>", "kind": "concept", "may_publish": True}
    Outcome.objects.create(
        challenge=challenge, title="Julki & selvä", published_at=clock.now(), **shown
    )
    Outcome.objects.create(challenge=challenge, title="Salassa", **shown)
    feed = tree(client, "/outcomes.atom")
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [
        "Julki & selvä"
    ]
    assert "Salassa" not in client.get("/outcomes.atom").text


def test_a_feed_is_kept_and_answers_304(client: Client, call_round: Round) -> None:
    etag = client.get("/calls.atom").headers["ETag"]
    again = client.get("/calls.atom", headers={"if-none-match": etag})
    assert again.status_code == 304


# --- Search engines and shared links ------------------------------------------------------------


def test_the_sitemap_names_public_pages_in_three_languages(
    client: Client, call_round: Round, settings: object
) -> None:
    hidden(call_round)
    urls = tree(client, "/sitemap.xml").findall(f"{MAP}url")
    places = {url.findtext(f"{MAP}loc") or "" for url in urls}
    for path in ("/", "/sv/", "/en/", f"/sv/rounds/{call_round.slug}/", "/en/questions/"):
        assert any(place.endswith(path) for place in places), path
    assert not any("hidden" in place or "/manage/" in place for place in places)
    languages = {link.attrib["hreflang"] for link in urls[0].findall(LINK)}
    assert languages == {"fi", "sv", "en", "x-default"}


def test_every_page_of_the_sitemap_opens(client: Client, call_round: Round) -> None:
    for place in tree(client, "/sitemap.xml").iter(f"{MAP}loc"):
        path = re.sub(r"^https?://[^/]+", "", place.text or "")
        assert client.get(path).status_code == 200, path


def test_robots_are_told_of_the_sitemap_and_kept_from_working_pages(client: Client) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /manage/" in text
    assert "Disallow: /sv/manage/" in text
    assert re.search(r"^Sitemap: https?://\S+/sitemap\.xml$", text, re.MULTILINE)


@pytest.mark.parametrize("path", ["/", "/rounds/", "/how-it-works/", "/questions/", "/outcomes/"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_shared_page_tells_what_it_is(
    client: Client, call_round: Round, path: str, language: str
) -> None:
    page = client.get(path if language == "fi" else f"/{language}{path}").text
    told = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))
    assert told["title"]
    assert told["description"]
    assert told["locale"].startswith(language)
    assert told["url"].startswith("http")
    assert len(re.findall(r'<link rel="alternate" hreflang=', page)) == 4


def test_the_call_is_described_with_its_dates_and_escaped(
    client: Client, call_round: Round
) -> None:
    page = client.get(f"/en/rounds/{call_round.slug}/").text
    described = re.search(r'<meta name="description" content="([^"]*)">', page)
    assert described
    assert str(call_round.call_closes_at.year) in described[1]
