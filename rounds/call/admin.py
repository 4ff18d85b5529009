"""The register of funds and their objectives, kept by administrators as programmes change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from rounds.call.models import Fund, SpecificObjective

if TYPE_CHECKING:
    FundBase = admin.ModelAdmin[Fund]
    ObjectiveBase = admin.ModelAdmin[SpecificObjective]
else:
    FundBase = ObjectiveBase = admin.ModelAdmin


class KeptByAdministrators:
    """Opens a register to administrators alone; nothing is deleted, validity dates end a row."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the person is an administrator."""
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person is an administrator."""
        return bool(request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether the person is an administrator."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person is an administrator."""
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: challenges refer to the row."""
        return False


@admin.register(Fund)
class FundAdmin(KeptByAdministrators, FundBase):
    """Sources of money that the form offers."""

    list_display = ("key", "code_fi", "name_fi", "valid_from", "valid_until")
    search_fields = ("key", "name_fi", "name_sv", "name_en")
    fields = (
        "key",
        ("code_fi", "code_sv", "code_en"),
        "name_fi",
        "name_sv",
        "name_en",
        ("valid_from", "valid_until"),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Fund | None = None) -> tuple[str, ...]:
        """Keep a key for good once it is in use."""
        return ("key",) if obj else ()


@admin.register(SpecificObjective)
class SpecificObjectiveAdmin(KeptByAdministrators, ObjectiveBase):
    """Specific objectives of the programmes."""

    list_display = ("fund", "code", "name_fi", "is_typical", "valid_from", "valid_until")
    list_display_links = ("code",)
    list_filter = ("fund",)
    list_select_related = ("fund",)
    fields = (
        ("fund", "code"),
        "name_fi",
        "name_sv",
        "name_en",
        "is_typical",
        ("valid_from", "valid_until"),
    )
