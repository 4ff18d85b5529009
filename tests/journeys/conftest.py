"""The whole portal for a browser: web, a Celery worker, an SMTP server, real Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.visitor import Visitor
from tests.workers import (  # noqa: F401 (fixtures)
    PATIENCE,
    CeleryProcess,
    MailSink,
    _private_redis,
    mail_sink,
    private_queue,
    worker,
)

# Playwright's loop makes Django believe that it runs asynchronously; the tests do not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A slow machine is waited for: only what fails takes so long.
MILLISECONDS = PATIENCE * 1000
expect.set_options(timeout=MILLISECONDS)

MakeVisitor = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the Chromium of this machine."""
    path = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture
def visitor(
    browser: Browser,
    live_server: Any,
    mail_sink: MailSink,  # noqa: F811
    settings: Any,
) -> Iterator[MakeVisitor]:
    """Make visitors: people with a browser window of their own."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    settings.ACCOUNT_RATE_LIMITS = False
    contexts = []

    def make(email: str = "", language: str = "fi", width: int = 1280, **options: Any) -> Visitor:
        usual = {
            "base_url": live_server.url,
            "viewport": {"width": width, "height": 900},
            "locale": "fi-FI",
            "timezone_id": "Europe/Helsinki",
        }
        wanted = {**usual, **options}
        context = browser.new_context(**wanted)
        context.set_default_timeout(MILLISECONDS)
        contexts.append(context)
        return Visitor(context.new_page(), mail_sink, email, language, wanted["base_url"])

    yield make
    for context in contexts:
        context.close()
