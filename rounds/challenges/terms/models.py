"""Accepting the terms and reading the privacy notice, kept version by version."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from rounds.challenges.models import Challenge


class Document(models.TextChoices):
    """What is accepted or read."""

    TERMS = "terms", _("Terms of giving a challenge")
    PRIVACY = "privacy", _("Privacy notice")


@pghistory.track()
class Acceptance(models.Model):
    """That a version was accepted for a challenge, by whom and when."""

    challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), on_delete=models.CASCADE, related_name="acceptances"
    )
    document = models.CharField(_("document"), max_length=8, choices=Document.choices)
    version = models.CharField(_("version"), max_length=20)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    accepted_at = models.DateTimeField(_("accepted"), default=clock.now)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ("challenge", "accepted_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("challenge", "document", "version"), name="one_acceptance_a_version"
            ),
            models.CheckConstraint(
                condition=models.Q(document__in=Document.values), name="accepted_document_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_document_display()} {self.version}"
