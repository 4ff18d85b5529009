"""A cache of each test's own, so that rate limits count one test; ways to sign in and read mail."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from minno_portal.outbox.models import Letter
from organisations.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def own_cache(settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": uuid.uuid4().hex,
        }
    }


@pytest.fixture(autouse=True)
def no_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters stay in the outbox: delivery has tests of its own."""
    monkeypatch.setattr("minno_portal.outbox.tasks.deliver.delay_on_commit", lambda *_ids: None)


@pytest.fixture
def mfa(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


def newest(kind: str) -> Letter:
    return Letter.objects.filter(kind=kind).latest("pk")


def code_in(letter: Letter) -> str:
    """The code stands alone on its line."""
    return next(line for line in letter.text.splitlines() if line.isupper() and len(line) == 6)


def ask_code(client: Client, email: str, prefix: str = "", next_page: str = "") -> Any:
    data = {"email": email} | ({"next": next_page} if next_page else {})
    return client.post(f"{prefix}/accounts/login/code/", data)


def enter_code(client: Client, code: str, next_page: str = "") -> Any:
    data = {"code": code} | ({"next": next_page} if next_page else {})
    return client.post("/accounts/login/code/confirm/", data)


def sign_in_by_code(client: Client, email: str, next_page: str = "") -> Any:
    ask_code(client, email, next_page=next_page)
    return enter_code(client, code_in(newest("sign-in-code")), next_page)


def totp_code() -> str:
    counter = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))


@pytest.fixture
def with_app() -> Callable[[User], User]:
    """Give a person an authenticator app."""

    def give(user: User) -> User:
        EmailAddress.objects.get_or_create(
            user=user, email=user.email, defaults={"primary": True, "verified": True}
        )
        totp.TOTP.activate(user, SECRET)
        return user

    return give
