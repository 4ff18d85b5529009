"""The page cache: strangers share a page, people with a session never do."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from minno_portal import public_pages
from organisations.models import User

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.minno_portal.public_urls"),
]


def test_the_second_stranger_gets_the_kept_page(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/counted/")
    User.objects.create_user("new@example.org")
    with django_assert_num_queries(0):
        second = Client().get("/counted/")
    assert first.content == second.content == b"0 people, seen by AnonymousUser"
    assert second["ETag"] == first["ETag"]
    assert second["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in second["Vary"]
    assert second["Content-Type"] == first["Content-Type"]


def test_a_kept_page_has_the_same_protection_as_a_fresh_one(client: Client) -> None:
    first, second = client.get("/counted/"), client.get("/counted/")
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"):
        assert first[name] == second[name]
    assert "default-src 'none'" in second["Content-Security-Policy"]


def test_a_browser_that_has_the_page_gets_304(client: Client) -> None:
    tag = client.get("/counted/")["ETag"]
    again = client.get("/counted/", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == tag


def test_head_is_answered_from_the_kept_page(client: Client) -> None:
    length = client.get("/counted/")["Content-Length"]
    head = client.head("/counted/")
    assert (head.content, head["Content-Length"]) == (b"", length)


def test_a_signed_in_person_gets_a_page_of_their_own(client: Client, contact: User) -> None:
    Client().get("/counted/")
    client.force_login(contact)
    page = client.get("/counted/")
    assert f"seen by {contact}" in page.content.decode()
    assert page["Cache-Control"] == "private, no-cache"
    assert "seen by AnonymousUser" in Client().get("/counted/").content.decode()


def test_forgetting_waits_for_the_commit(
    client: Client, django_capture_on_commit_callbacks: type
) -> None:
    client.get("/counted/")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():  # type: ignore[operator]
        User.objects.create_user("new@example.org")
        public_pages.forget()
        assert client.get("/counted/").content.startswith(b"0 people")
    assert client.get("/counted/").content.startswith(b"1 people")


def test_a_saved_row_forgets_the_pages_that_depend_on_it(
    client: Client, django_capture_on_commit_callbacks: type
) -> None:
    public_pages.depends_on(User)
    client.get("/counted/")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        User.objects.create_user("new@example.org")
    assert client.get("/counted/").content.startswith(b"1 people")


def test_a_page_made_from_old_data_is_not_kept_as_new(client: Client) -> None:
    page, generation = public_pages.look_up("/counted/")
    assert page is None
    public_pages._start_new_generation()
    stale = public_pages.Page(generation, (("ETag", '"x"'),), b"old")
    cache.set(public_pages._key("/counted/"), stale)
    assert client.get("/counted/").content.startswith(b"0 people")


def test_a_page_with_a_form_is_never_kept(client: Client) -> None:
    first, second = client.get("/form/"), Client().get("/form/")
    assert first.content != second.content
    assert public_pages.look_up("/form/")[0] is None
    assert second["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/missing/", "/unmarked/", "/counted/?page=2"])
def test_what_is_not_kept(client: Client, path: str) -> None:
    client.get(path)
    assert public_pages.look_up(path)[0] is None


def test_pages_are_made_when_redis_is_away(client: Client, settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "unix:///nowhere/redis.sock",
        }
    }
    assert client.get("/counted/").content.startswith(b"0 people")
    public_pages._start_new_generation()
