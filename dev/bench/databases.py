"""The databases of the bench: the small round's, its larger copy and the floor's."""

from __future__ import annotations

import os
from collections.abc import Iterable
from urllib.parse import urlsplit

import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dev.bench.pages import Page

MAINTENANCE = "postgres"
ANOTHER_REDIS = 1


def make_database(name: str, *, like: str = "template1") -> str:
    """Make a database beside the portal's, a copy of `like`, and return its address."""
    server = urlsplit(os.environ["DATABASE_URL"])
    maintenance = server._replace(path=f"/{MAINTENANCE}").geturl()
    with psycopg.connect(maintenance, autocommit=True) as session:
        session.execute(f'DROP DATABASE IF EXISTS "{name}"')
        session.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return server._replace(path=f"/{name}").geturl()


def move_to_copy(name: str) -> dict[str, str]:
    """Copy the portal's database and let this process work on the copy from now on.

    :returns: the environment of a portal on the copy, with kept pages of its own.
    """
    connection.close()
    url = make_database(name, like=connection.settings_dict["NAME"])
    connection.settings_dict["NAME"] = name
    return {"DATABASE_URL": url, "REDIS_URL": _another_redis(os.environ["REDIS_URL"])}


def _another_redis(url: str) -> str:
    """Return the address of another database of the same Redis."""
    server = urlsplit(url)
    if server.scheme == "unix":
        return f"{url}?db={ANOTHER_REDIS}"
    return server._replace(path=f"/{ANOTHER_REDIS}").geturl()


def settle() -> None:
    """Let the planner know what has just been filled in, not in the middle of measuring."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def count_queries(places: Iterable[Page]) -> list[int]:
    """Count the queries of each page once it is warm, in this process."""
    return [_queries(place) for place in places]


def _queries(place: Page) -> int:
    client = Client(headers={"host": "127.0.0.1"})
    if place.cookie:
        client.cookies["sessionid"] = place.cookie.partition("=")[2]
    client.get(place.path)
    with CaptureQueriesContext(connection) as captured:
        client.get(place.path)
    return len(captured)
