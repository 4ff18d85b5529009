"""Rounds in the admin: administrators may look; coordinators plan on the working pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from rounds.planning.models import Round

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Round]
else:
    Base = admin.ModelAdmin


@admin.register(Round)
class RoundAdmin(Base):
    """A read-only list of rounds."""

    list_display = ("code", "partnership", "form", "capacity", "call_closes_at", "kickoff_on")
    list_select_related = ("partnership__coordinator", "partnership__institution")
    list_filter = ("form",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the person is an administrator."""
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person is an administrator."""
        return bool(request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: a round is laid out on the working pages."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: the calendar is changed on the working pages."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a round is kept."""
        return False
