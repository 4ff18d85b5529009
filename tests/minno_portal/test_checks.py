"""Deployment checks: a sound installation passes, each weakness is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks

SOUND: dict[str, Any] = {
    "DEMO": False,
    "EMBEDDED_DATABASE": False,
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST",
    "SITE_URL": "https://minno.test",
    "ALLOWED_HOSTS": ["minno.test"],
    "DEFAULT_FROM_EMAIL": "MINNO <portal@minno.test>",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.minno.test",
    "EMAIL_USE_TLS": True,
    "REQUIRE_SECOND_FACTOR": True,
}


def found(settings: Any, **changes: Any) -> set[str]:
    for name, value in {**SOUND, **changes}.items():
        setattr(settings, name, value)
    messages = run_checks(include_deployment_checks=True)
    return {str(message.id) for message in messages if str(message.id).startswith("portal.")}


def test_a_sound_installation_passes(settings: Any) -> None:
    assert found(settings) == set()
    assert found(settings, BOUNCE_IMAP_URL="imaps://u:p@mail.minno.test/INBOX") == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DEMO": True}, "portal.E001"),
        ({"SECRET_KEY": "short"}, "portal.E002"),
        ({"SECRET_KEY": "a" * 60}, "portal.E002"),
        ({"BOUNCE_IMAP_URL": "https://u:p@mail.minno.test"}, "portal.E003"),
        ({"BOUNCE_IMAP_URL": "imap://u:p@mail.minno.test"}, "portal.W007"),
        ({"SITE_URL": "http://minno.test"}, "portal.W001"),
        ({"ALLOWED_HOSTS": ["other.test"]}, "portal.W002"),
        ({"ALLOWED_HOSTS": ["minno.test", "*"]}, "portal.W002"),
        ({"DEFAULT_FROM_EMAIL": "MINNO <minno@example.org>"}, "portal.W003"),
        ({"DEFAULT_FROM_EMAIL": "nobody"}, "portal.W003"),
        ({"EMAIL_USE_TLS": False}, "portal.W004"),
        ({"REQUIRE_SECOND_FACTOR": False}, "portal.W005"),
        ({"EMBEDDED_DATABASE": True}, "portal.W006"),
    ],
)
def test_each_weakness_is_named(settings: Any, changes: dict[str, Any], expected: str) -> None:
    assert found(settings, **changes) == {expected}


def test_mail_on_the_same_machine_needs_no_encryption(settings: Any) -> None:
    assert found(settings, EMAIL_HOST="localhost", EMAIL_USE_TLS=False) == set()
