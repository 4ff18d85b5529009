"""Servers of a measurement's own, in a new folder, whatever the environment or .env names."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from minno_portal import embedded


def start(**settings: str) -> Path:
    """Start PostgreSQL and Redis for this process alone, and return their folder.

    :param settings: what else the portal's environment shall say.
    """
    folder = Path(tempfile.mkdtemp(prefix="minno-figures-"))
    # Registered first, so that it runs last, when the servers have left the folder.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(
        {
            # Empty rather than missing: what is missing is read from .env.
            **dict.fromkeys(("DATABASE_URL", "REDIS_URL", "EMBEDDED_DATABASE"), ""),
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "minno_portal.settings",
            "LOG_LEVEL": "WARNING",
            # Nobody listens there.
            "EMAIL_URL": "smtp://127.0.0.1:9",
            **settings,
        }
    )
    embedded.provide(os.environ)
    return folder


def prepare_django() -> None:
    """Set Django up on the servers that were started, with every table."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
