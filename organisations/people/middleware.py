"""Ask for a second factor where a role needs one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from organisations.people.second_factor import (
    has_second_factor,
    needs_second_factor,
    passed_second_factor,
    way_to_pass,
)

AFTERWARDS = "second_factor_next"

# Pages for everybody: nothing on them depends on a role.
FOR_ALL = frozenset(
    {
        "account_logout",
        "set_language",
        "landing",
        "how-it-works",
        "accessibility",
        "privacy",
        "cookies",
        "terms",
        "health-live",
        "health-ready",
        "live",
        "ready",
        "demo",
        "demo-become",
        "demo-mail",
    }
)
# Where a second factor is set up; open until there is one.
SET_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
    }
)
# Where one that exists is shown; a session that has not seen it gets no further.
PASS = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})


class SecondFactorMiddleware:
    """Send coordinators, institution's staff and administrators to set up or show theirs.

    Passing is read from the session, where allauth keeps how one signed in, so those who have
    passed cost no query; whether a role needs a second factor follows from `user.ties`, which the
    page asks for anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the page is known only in `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Redirect to where the second factor is set up or shown, or let the page answer."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not settings.REQUIRE_SECOND_FACTOR or name in FOR_ALL:
            return None
        user = request.user
        if not user.is_authenticated or passed_second_factor(request):
            return None
        if not needs_second_factor(user):
            return None
        if not has_second_factor(user):
            return None if name in SET_UP else self._to_set_up(request)
        return None if name in PASS else self._to_pass(request)

    def _to_set_up(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET":
            request.session[AFTERWARDS] = request.get_full_path()
        return redirect("mfa_index")

    def _to_pass(self, request: HttpRequest) -> HttpResponse:
        page = resolve_url(way_to_pass(request.user))  # type: ignore[arg-type]
        back = request.get_full_path() if request.method == "GET" else resolve_url("me")
        return redirect(f"{page}?{urlencode({'next': back})}")
