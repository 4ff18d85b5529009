"""Organisations and the areas they work in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fi import ytunnus

from minno_portal import clock
from organisations.people.enums import Language
from organisations.register.enums import Kind

if TYPE_CHECKING:
    from organisations.people.models import User

BUSINESS_ID_DIGITS = 8


class Region(models.Model):
    """A region (maakunta), coded by Statistics Finland; the names are in three languages."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    iso_3166_2 = models.CharField(max_length=5, unique=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ("code",)

    def __str__(self) -> str:
        return str(self.name)


class County(models.Model):
    """A wellbeing services county (act 616/2021), or Helsinki or Åland, which are not counties."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="counties"
    )
    is_county = models.BooleanField(_("is a wellbeing services county"), default=True)

    class Meta:
        verbose_name = _("wellbeing services county")
        verbose_name_plural = _("wellbeing services counties")
        ordering = ("code",)

    def __str__(self) -> str:
        return str(self.name)


def normal_business_id(value: str) -> str:
    """Return a Finnish business id as `1234567-8`, a missing leading zero added.

    :raises ValidationError: when the check digit or the form is wrong.
    """
    try:
        digits = value.strip().replace("-", "").replace(" ", "")
        # Spreadsheets drop a leading zero; anything shorter is another number.
        has_lost_zero = digits.isascii() and len(digits) == BUSINESS_ID_DIGITS - 1
        number = ytunnus.validate(f"0{digits}" if has_lost_zero else digits)
    except NumberError as error:
        raise ValidationError(
            _("This is not a Finnish business ID. Check the number, for example 1234567-1.")
        ) from error
    return str(ytunnus.format(number))


def validate_business_id(value: str) -> None:
    """Refuse a business id whose check digit or form is wrong."""
    normal_business_id(value)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations by who may see them."""

    def visible_to(self, user: User) -> OrganisationQuerySet:
        """Those `user` acts for; a coordinator sees associations and partner institutions too."""
        if user.is_superuser:
            return self.all()
        own = models.Q(pk__in=user.ties.every)
        if not user.ties.coordinator:
            return self.filter(own)
        partners = models.Q(hosted__coordinator__in=user.ties.coordinator)
        return self.filter(own | models.Q(kind=Kind.ASSOCIATION) | partners).distinct()


@pghistory.track()
class Organisation(models.Model):
    """An association, the coordinating umbrella or an educational institution."""

    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, default=Kind.ASSOCIATION
    )
    business_id = models.CharField(
        _("business ID"),
        max_length=9,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_business_id],
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.FI
    )
    website = models.URLField(_("website"), max_length=200, blank=True)
    is_national = models.BooleanField(_("works in the whole country"), default=False)
    counties = models.ManyToManyField(
        County, verbose_name=_("areas"), blank=True, related_name="organisations"
    )
    # Told by the coordinator alone: campaigns are narrowed by it.
    is_member = models.BooleanField(_("member of the coordinating organisation"), default=False)
    no_mail = models.BooleanField(_("must not be mailed"), default=False)
    # A newcomer brought it; the coordinator has not looked at it yet.
    awaits_approval = models.BooleanField(_("awaits approval"), default=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    objects: ClassVar = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(business_id__isnull=True)
                | models.Q(business_id__regex=r"^[0-9]{7}-[0-9]$"),
                name="business_id_form",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the organisation."""
        return reverse("organisation", args=[self.pk])

    @property
    def shown_name(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def clean(self) -> None:
        """Store the business id in one form, and none as NULL so that it stays unique."""
        self.business_id = normal_business_id(self.business_id) if self.business_id else None


@pghistory.track()
class Contact(models.Model):
    """A person whom the register names for an organisation, with or without an account."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="contacts",
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    task = models.CharField(_("task"), max_length=80, blank=True)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=Language.choices, default=Language.FI
    )
    no_mail = models.BooleanField(_("must not be mailed"), default=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("contact person of the register")
        verbose_name_plural = _("contact people of the register")
        ordering = ("organisation", "name", "email")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "email"), name="one_contact_an_address"
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="contact_address_in_small_letters"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes by who may read them."""

    def visible_to(self, user: User) -> NoteQuerySet:
        """Those of the organisations that `user` coordinates; an administrator sees none."""
        return self.filter(coordinator__in=user.ties.coordinator)


@pghistory.track()
class Note(models.Model):
    """What a coordinating organisation writes down of an organisation, for its own eyes."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="notes"
    )
    coordinator = models.ForeignKey(
        Organisation, verbose_name=_("coordinator"), on_delete=models.CASCADE, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    body = models.TextField(_("note"), max_length=2000)
    created_at = models.DateTimeField(_("written"), default=clock.now)

    objects: ClassVar = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.body[:60]


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    """Imports by who may see them."""

    def visible_to(self, user: User) -> RegisterImportQuerySet:
        """Those of the organisations that `user` coordinates."""
        return self.filter(coordinator__in=user.ties.coordinator)


class RegisterImport(models.Model):
    """A table that is being brought to the register: read, matched, tried, then stored or left.

    `header` and `rows` are the cells as text; `matching` tells the field of each column.
    """

    coordinator = models.ForeignKey(
        Organisation, verbose_name=_("coordinator"), on_delete=models.CASCADE, related_name="+"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    file_name = models.CharField(_("file"), max_length=120)
    header = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    matching = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("brought"), default=clock.now)
    applied_at = models.DateTimeField(_("stored"), null=True, blank=True)

    objects: ClassVar = RegisterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import to the register")
        verbose_name_plural = _("imports to the register")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.file_name
