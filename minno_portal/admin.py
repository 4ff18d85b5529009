"""The admin site of the portal: it opens for administrators and the institution's staff."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PortalAdminConfig(AdminConfig):
    """Put the portal's site in the place of Django's."""

    default_site = "minno_portal.admin.PortalAdminSite"


class PortalAdminSite(admin.AdminSite):
    """Django's admin with the portal's names and doors."""

    site_header = _("MINNO challenges")
    site_title = _("MINNO challenges")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in administrators and people with the confirming role."""
        return request.user.is_active and bool(getattr(request.user, "is_staff", False))
