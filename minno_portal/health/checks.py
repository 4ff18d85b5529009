"""What the portal needs to serve: database, migrations and Redis."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# Once every migration of the code is applied it stays so while this process runs.
_migrated = threading.Event()


class NotReady(Exception):
    """One part does not work; the message may be shown to anybody."""


def database() -> None:
    """Ask the database for a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations() -> None:
    """Compare what is applied with what the code brings.

    :raises NotReady: when something is not applied yet.
    """
    if _migrated.is_set():
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("not applied")
    _migrated.set()


def redis() -> None:
    """Write to Redis and read it back.

    :raises NotReady: when it is not there any more.
    """
    cache.set("health:probe", 1, timeout=60)
    if cache.get("health:probe") != 1:
        raise NotReady("does not keep what it is given")


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "redis": redis,
}


def run() -> dict[str, str]:
    """Return "ok" or what is wrong for each part; addresses and passwords stay out of it."""
    return {name: _outcome(name, check) for name, check in CHECKS.items()}


def _outcome(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as error:
        return str(error)
    except (DatabaseError, RedisError, OSError) as error:
        # Its words may hold an address or a user's name: the kind of error is enough.
        logger.warning("%s does not answer: %s", name, type(error).__name__)
        return "does not answer"
    return "ok"
