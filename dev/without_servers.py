"""An environment like production's, with servers that are never asked: for checks of code alone."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from dev.system import library_environ


def environ() -> dict[str, str]:
    """Return the process environment with every setting of a sound installation."""
    nowhere = Path(tempfile.gettempdir()) / "minno-checks"
    nowhere.mkdir(exist_ok=True)
    return {
        **os.environ,
        **library_environ(),
        "DJANGO_SETTINGS_MODULE": "minno_portal.settings",
        "DEBUG": "0",
        "DEMO": "0",
        "EMBEDDED_DATABASE": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": "https://minno.test",
        "ALLOWED_HOSTS": "minno.test",
        "DATABASE_URL": "postgres://minno@127.0.0.1:1/minno",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "smtp+tls://portal:password@mail.minno.test:587",
        "DEFAULT_FROM_EMAIL": "MINNO <portal@minno.test>",
        "REQUIRE_SECOND_FACTOR": "1",
        "BEHIND_TLS_PROXY": "1",
        "VAR_DIR": str(nowhere),
    }
