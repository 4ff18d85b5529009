"""The administrators' side of people and organisations; everybody else sees nothing of it."""

from __future__ import annotations

from typing import Any, cast

import rules
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin, StackedInline
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from organisations.models import (
    County,
    Invitation,
    Membership,
    Organisation,
    Partnership,
    Region,
    User,
)
from organisations.people.services import remove_second_factor


class ByRule:
    """Opens to those with the permission `organisations.administer`, to look and to change."""

    def _administers(self, request: HttpRequest) -> bool:
        return bool(rules.has_perm("organisations.administer", request.user))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the model stands in the index."""
        return self._administers(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether one may look."""
        return self._administers(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether one may add."""
        return self._administers(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether one may change."""
        return self._administers(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether one may remove: by default never, since others' work hangs on these rows."""
        return False


class OnlyToLook(ByRule):
    """Opens to administrators, to look at."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes here."""
        return False


class MembershipInline(ByRule, StackedInline):  # type: ignore[type-arg]
    """Who acts for whom, inside a person or an organisation."""

    model = Membership
    extra = 0
    autocomplete_fields = ("user", "organisation")
    verbose_name_plural = _("memberships")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let a role be taken away."""
        return self._administers(request)


@admin.register(User)
class UserAdmin(ByRule, ModelAdmin):  # type: ignore[type-arg]
    """People: who they are, what they may do; never their passwords."""

    list_display = ("email", "name", "language", "is_active", "is_superuser", "last_login")
    list_filter = ("is_superuser", "is_active", "language")
    search_fields = ("email", "name", "memberships__organisation__name")
    fields = (
        "email",
        "name",
        "phone",
        "language",
        "is_active",
        "is_superuser",
        "last_login",
        "created_at",
    )
    inlines = (MembershipInline,)
    actions = ("take_second_factor",)

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Say what an administrator may do here, which is less than Django's own text promises."""
        kwargs["labels"] = {"is_superuser": _("Administrator")}
        kwargs["help_texts"] = {
            "is_superuser": _("Looks after people and organisations; decides nothing in a round.")
        }
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Let the address be written once, and nobody lock themselves out."""
        fixed: tuple[str, ...] = ("last_login", "created_at")
        if obj:
            fixed += ("email",)
        if obj == request.user:
            fixed += ("is_active", "is_superuser")
        return fixed

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Give a new person no password: the sign-in code lets them in."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Remove the second factor (lost telephone)"))
    def take_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Take away the second factor of the chosen people; each is told by letter."""
        for user in queryset:
            remove_second_factor(user.pk, actor=cast("User", request.user))
        self.message_user(request, _("The second factor was removed."), messages.SUCCESS)


@admin.register(Organisation)
class OrganisationAdmin(ByRule, ModelAdmin):  # type: ignore[type-arg]
    """Organisations and their people."""

    list_display = ("name", "short_name", "kind", "business_id", "language")
    list_filter = ("kind", "language")
    search_fields = ("name", "short_name", "business_id")
    inlines = (MembershipInline,)


@admin.register(Partnership)
class PartnershipAdmin(ByRule, TranslationAdmin):  # type: ignore[type-arg]
    """Coordinator × institution."""

    list_display = ("__str__", "prefix", "agreed_from", "agreed_until", "reply_to")
    list_select_related = ("coordinator", "institution")


@admin.register(Invitation)
class InvitationAdmin(OnlyToLook, ModelAdmin):  # type: ignore[type-arg]
    """Invitations; they are made on an organisation's page."""

    list_display = ("email", "organisation", "role", "expires_at", "accepted_at")
    list_filter = ("role",)
    search_fields = ("email", "organisation__name")
    list_select_related = ("organisation",)


@admin.register(Region)
class RegionAdmin(OnlyToLook, ModelAdmin):  # type: ignore[type-arg]
    """Regions, as they were loaded."""

    list_display = ("code", "name")
    search_fields = ("name",)


@admin.register(County)
class CountyAdmin(OnlyToLook, ModelAdmin):  # type: ignore[type-arg]
    """Wellbeing services counties, as they were loaded."""

    list_display = ("code", "name", "region", "is_county")
    list_select_related = ("region",)
    search_fields = ("name",)
