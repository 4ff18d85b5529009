"""Letters for tests, and the real parts that carry them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from minno_portal.outbox.models import Letter
from minno_portal.outbox.services import Kind, Placeholder, Recipient, queue_letter
from tests.workers import (  # noqa: F401 (fixtures)
    _private_redis,
    mail_sink,
    private_queue,
    smtp,
    worker,
)

MakeLetter = Callable[..., Letter]
TEST = Kind(
    "outbox-test",
    label="Test",
    reader="nobody",
    occasion="never",
    placeholders=(Placeholder("title", "title", is_required=True), Placeholder("more", "more")),
)


def about(title: str, more: str = "") -> Any:
    """Return what fills the test letter's placeholders."""
    return lambda _to: {"title": title, "more": more}


@pytest.fixture(autouse=True)
def _letter_templates(settings: Any) -> None:
    """Add the letters of these tests to the templates."""
    engine = dict(settings.TEMPLATES[0])
    engine["DIRS"] = [*engine["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = [engine]


@pytest.fixture
def recipient() -> Recipient:
    return Recipient(email="aino@example.org", language="fi", name="Aino Ääkkönen")


@pytest.fixture
def make_letter(db: None, recipient: Recipient) -> MakeLetter:
    """Queue a letter; `key` and everything else can be given."""
    made = []

    def make(**options: Any) -> Letter:
        key = options.pop("key", f"test:{len(made)}")
        made.append(key)
        arguments = {"to": recipient, "values": about("Yksinäisyys"), **options}
        assert queue_letter(TEST, key=key, **arguments)
        return Letter.objects.get(key=key)

    return make
