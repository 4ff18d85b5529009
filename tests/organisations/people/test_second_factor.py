from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.test import Client

from minno_portal.outbox.models import Letter
from organisations.models import User
from organisations.people.adapters import SecondFactorAdapter
from tests.organisations.conftest import SECRET, sign_in_by_code, totp_code

pytestmark = pytest.mark.django_db

NEEDING = ("coordinator", "staff", "administrator")


@pytest.mark.parametrize("role", NEEDING)
def test_a_role_that_needs_one_is_sent_to_set_one_up(
    client: Client, request: Any, mfa: None, role: str
) -> None:
    user = request.getfixturevalue(role)
    sign_in_by_code(client, user.email)
    for page in ("/me/", "/admin/", "/sv/me/", "/accounts/password/set/"):
        assert client.get(page)["Location"].endswith("/accounts/2fa/"), page
    assert client.post("/me/", {"name": "X"})["Location"] == "/accounts/2fa/"
    user.refresh_from_db()
    assert user.name != "X"


@pytest.mark.parametrize("role", ["contact", "stranger"])
def test_other_people_are_left_alone(client: Client, request: Any, mfa: None, role: str) -> None:
    sign_in_by_code(client, request.getfixturevalue(role).email)
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize("role", NEEDING)
def test_without_the_setting_nobody_is_asked(client: Client, request: Any, role: str) -> None:
    client.force_login(request.getfixturevalue(role))
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize("page", ["/accounts/2fa/", "/accounts/2fa/totp/activate/"])
def test_set_up_pages_are_open(client: Client, coordinator: User, mfa: None, page: str) -> None:
    sign_in_by_code(client, coordinator.email)
    assert client.get(page).status_code == 200


def test_public_pages_and_the_way_out_are_open(
    client: Client, coordinator: User, mfa: None
) -> None:
    client.force_login(coordinator)
    for page in ("/accounts/logout/", "/healthz/live"):
        assert client.get(page).status_code == 200, page


@pytest.mark.django_db(transaction=True)
def test_setting_one_up_opens_the_portal(client: Client, coordinator: User, mfa: None) -> None:
    sign_in_by_code(client, coordinator.email)
    client.get("/me/")
    client.get("/accounts/2fa/totp/activate/")
    session = client.session
    session[SECRET_SESSION_KEY] = SECRET
    session.save()
    done = client.post("/accounts/2fa/totp/activate/", {"code": totp_code()})
    assert done.status_code == 302
    assert client.get(done["Location"]).status_code == 200
    assert client.get("/me/").status_code == 200
    assert b'href="/me/"' in client.get("/accounts/2fa/").content
    assert Letter.objects.filter(kind="account-notice", recipient=coordinator.email).exists()


def test_a_login_by_code_asks_for_the_app_too(
    client: Client, coordinator: User, mfa: None, with_app: Callable[[User], User]
) -> None:
    with_app(coordinator)
    answer = sign_in_by_code(client, coordinator.email, "/me/")
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert "_auth_user_id" not in client.session
    answer = client.post("/accounts/2fa/authenticate/", {"code": totp_code()})
    assert answer["Location"] == "/me/"
    assert client.get("/me/").status_code == 200


def test_a_contact_with_an_app_is_asked_as_well(
    client: Client, contact: User, with_app: Callable[[User], User]
) -> None:
    with_app(contact)
    assert sign_in_by_code(client, contact.email)["Location"].startswith("/accounts/2fa/auth")


def test_a_session_that_has_not_seen_the_factor_must_show_it(
    client: Client, staff: User, mfa: None, with_app: Callable[[User], User]
) -> None:
    client.force_login(with_app(staff))
    answer = client.get("/me/")
    assert answer["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fme%2F"
    assert client.get("/accounts/2fa/")["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert client.get(answer["Location"]).status_code == 200
    passed = client.post(answer["Location"], {"code": totp_code(), "next": "/me/"})
    assert passed["Location"] == "/me/"
    assert client.get("/me/").status_code == 200


def test_another_persons_factor_in_the_session_does_not_count(
    client: Client, coordinator: User, staff: User, mfa: None, with_app: Callable[[User], User]
) -> None:
    with_app(coordinator)
    sign_in_by_code(client, coordinator.email)
    client.post("/accounts/2fa/authenticate/", {"code": totp_code()})
    client.force_login(staff)
    assert client.get("/me/").status_code == 302


def test_who_becomes_coordinator_is_asked_at_once(client: Client, contact: User, mfa: None) -> None:
    client.force_login(contact)
    assert client.get("/me/").status_code == 200
    contact.memberships.update(role="coordinator")
    assert client.get("/me/").status_code == 302


def test_the_last_factor_of_a_role_stays(
    coordinator: User, contact: User, mfa: None, with_app: Callable[[User], User]
) -> None:
    adapter = SecondFactorAdapter()
    app = Authenticator.objects.get(user=with_app(coordinator))
    assert not adapter.can_delete_authenticator(app)
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.WEBAUTHN, data={})
    assert adapter.can_delete_authenticator(app)
    assert adapter.can_delete_authenticator(Authenticator.objects.get(user=with_app(contact)))


def test_the_secret_is_not_kept_readable(contact: User) -> None:
    adapter = SecondFactorAdapter()
    kept = adapter.encrypt(SECRET)
    assert SECRET not in kept
    assert adapter.decrypt(kept) == SECRET


def test_passing_costs_no_query(
    client: Client,
    coordinator: User,
    mfa: None,
    with_app: Callable[[User], User],
    settings: Any,
    django_assert_num_queries: Any,
) -> None:
    with_app(coordinator)
    EmailAddress.objects.filter(user=coordinator).update(verified=True)
    sign_in_by_code(client, coordinator.email)
    client.post("/accounts/2fa/authenticate/", {"code": totp_code()})
    counts = []
    for required in (True, False):
        settings.REQUIRE_SECOND_FACTOR = required
        client.get("/me/")
        with django_assert_num_queries(6):
            counts.append(client.get("/me/").status_code)
    assert counts == [200, 200]
