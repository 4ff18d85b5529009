"""The admin site of the portal: it opens for administrators and the institution's staff."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

# Registered by the packages we stand on: nobody here works with them, and some hold secrets.
NOT_SHOWN = ("auth.Group", "account.EmailAddress", "mfa.Authenticator")


class PortalAdminConfig(AdminConfig):
    """Put the portal's site in the place of Django's."""

    default_site = "minno_portal.admin.PortalAdminSite"

    def ready(self) -> None:
        """Find every model's admin, then take out what packages brought along."""
        super().ready()
        for name in NOT_SHOWN:
            model = apps.get_model(name)
            if admin.site.is_registered(model):
                admin.site.unregister(model)


class PortalAdminSite(admin.AdminSite):
    """Django's admin with the portal's names and doors."""

    site_header = _("MINNO challenges")
    site_title = _("MINNO challenges")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in administrators and people with the confirming role."""
        return request.user.is_active and bool(getattr(request.user, "is_staff", False))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the portal's own sign-in, where the second factor is asked for too.

        :raises PermissionDenied: for a person who has signed in and has no right to the admin.
        """
        page = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
            page = reverse("admin:index")
        if self.has_permission(request):
            return redirect(page)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign out of the portal as a whole."""
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the portal's own page about the password."""
        return redirect("account_change_password")
