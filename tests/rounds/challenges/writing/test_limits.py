"""How many browsers of one address may have texts kept before signing in."""

from __future__ import annotations

import pytest
from allauth.core import ratelimit
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings as SettingsWrapper
from redis.exceptions import ConnectionError as NoRedis

from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.writing.kept import SESSION_KEY
from rounds.challenges.writing.limits import TooManyKept

pytestmark = pytest.mark.django_db

MOST = 2
TYPED = {"title": "Otsikko on kesken, mutta niin pitkä, että sen kopioi mieluummin", "go": "stay"}
AUTOSAVE = {"x-autosave": "1"}
ELSEWHERE = "192.0.2.7"


@pytest.fixture(autouse=True)
def _few(settings: SettingsWrapper) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"keep_text": f"{MOST}/10m/ip"}


def fill(url: str) -> None:
    """Let as many browsers as may have something kept at this address."""
    for _browser in range(MOST):
        assert Client().post(url, TYPED).status_code == 302


def test_what_was_typed_stays_on_the_page(client: Client, new_url: str) -> None:
    fill(new_url)
    answer = client.post(new_url, TYPED)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert str(TooManyKept.sentence) in page
    assert f'value="{TYPED["title"]}"' in page
    assert Session.objects.count() == MOST


def test_the_script_is_told(client: Client, new_url: str) -> None:
    fill(new_url)
    answer = client.post(new_url, TYPED, headers=AUTOSAVE)
    assert (answer.status_code, answer.json()) == (409, {"message": str(TooManyKept.sentence)})


def test_who_has_begun_goes_on(client: Client, new_url: str) -> None:
    for number in range(MOST + 3):
        answer = client.post(new_url, TYPED | {"title": str(number)})
        assert answer.status_code == 302
    Client().post(new_url, TYPED)
    assert Client().post(new_url, TYPED).status_code == 200
    assert client.post(new_url, TYPED).status_code == 302


def test_who_has_signed_in_is_not_counted(client: Client, new_url: str, stranger: User) -> None:
    fill(new_url)
    client.force_login(stranger)
    assert client.post(new_url, TYPED).status_code == 302


def test_another_address_is_counted_by_itself(client: Client, new_url: str) -> None:
    fill(new_url)
    assert client.post(new_url, TYPED, REMOTE_ADDR=ELSEWHERE).status_code == 302


@pytest.mark.parametrize(("proxies", "status"), [(0, 200), (1, 302)])
def test_a_proxy_is_believed_as_the_settings_say(
    client: Client, new_url: str, settings: SettingsWrapper, proxies: int, status: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for _browser in range(MOST):
        Client().post(new_url, TYPED, headers={"x-forwarded-for": "192.0.2.1"})
    answer = client.post(new_url, TYPED, headers={"x-forwarded-for": ELSEWHERE})
    assert answer.status_code == status


def test_a_section_of_somebody_signed_out_is_shown(
    client: Client, new_url: str, draft: Challenge
) -> None:
    fill(new_url)
    url = f"/challenges/{draft.pk}/edit/challenge/"
    answer = client.post(url, TYPED)
    assert answer.status_code == 409
    assert str(TooManyKept.sentence) in answer.content.decode()
    assert TYPED["title"] in answer.content.decode()
    again = f'<input type="hidden" name="title" value="{TYPED["title"]}">'
    assert again in answer.content.decode()
    assert client.post(url, TYPED, headers=AUTOSAVE).status_code == 409
    assert Session.objects.count() == MOST


def test_without_redis_texts_are_kept(
    client: Client, new_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise NoRedis

    monkeypatch.setattr(ratelimit, "consume", refuse)
    assert client.post(new_url, TYPED).status_code == 302
    assert SESSION_KEY in client.session
