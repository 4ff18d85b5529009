"""What the call's form offers as funding thoughts: rows with dates, for programmes change."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ValidQuerySet(models.QuerySet["models.Model"]):
    """Rows of a programme by when they hold."""

    def valid_on(self, day: dt.date) -> ValidQuerySet:
        """Those that can be chosen on `day`."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day),
        )


class Fund(models.Model):
    """A source of money an association may think of, such as ESR+."""

    key = models.SlugField(_("key"), max_length=20, primary_key=True)
    code = models.CharField(_("short name"), max_length=12)
    name = models.CharField(_("name"), max_length=120)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects: ClassVar = ValidQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering = ("key",)

    def __str__(self) -> str:
        return str(self.code)


class SpecificObjective(models.Model):
    """A specific objective of a fund's programme, such as 4.3."""

    fund = models.ForeignKey(
        Fund, verbose_name=_("fund"), on_delete=models.CASCADE, related_name="objectives"
    )
    code = models.CharField(_("number"), max_length=8)
    name = models.CharField(_("name"), max_length=200)
    is_typical = models.BooleanField(_("typical for associations"), default=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects: ClassVar = ValidQuerySet.as_manager()

    class Meta:
        verbose_name = _("specific objective")
        verbose_name_plural = _("specific objectives")
        ordering = ("fund", "code")
        constraints = (
            models.UniqueConstraint(fields=("fund", "code"), name="one_objective_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.fund_id.upper()} {self.code}"
