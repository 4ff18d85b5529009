"""What the coordinator asks, says and permits while a challenge takes shape."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.models import Challenge

POINT_LENGTH = 500


@pghistory.track()
class CompletionPoint(models.Model):
    """One thing to complete; the association ticks it off."""

    challenge = models.ForeignKey(
        Challenge,
        verbose_name=_("challenge"),
        on_delete=models.CASCADE,
        related_name="completion_points",
    )
    text = models.CharField(_("what to complete"), max_length=POINT_LENGTH)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    done_at = models.DateTimeField(_("ticked off"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ticked off by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("point to complete")
        verbose_name_plural = _("points to complete")
        ordering = ("challenge", "asked_at", "pk")

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class QualityMark(models.Model):
    """What the coordinator thinks of one point of a challenge's quality; both parties see it."""

    challenge = models.ForeignKey(
        Challenge,
        verbose_name=_("challenge"),
        on_delete=models.CASCADE,
        related_name="quality_marks",
    )
    point = models.CharField(_("point"), max_length=16, choices=QualityPoint.choices)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    note = models.CharField(_("advice"), max_length=POINT_LENGTH, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked at by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    marked_at = models.DateTimeField(_("looked at"), default=clock.now)

    class Meta:
        verbose_name = _("quality mark")
        verbose_name_plural = _("quality marks")
        ordering = ("challenge", "pk")
        constraints = (
            models.UniqueConstraint(fields=("challenge", "point"), name="one_mark_a_point"),
            models.CheckConstraint(
                condition=models.Q(point__in=QualityPoint.values), name="quality_point_known"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=Verdict.values), name="quality_verdict_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_point_display()} {self.get_verdict_display()}"


@pghistory.track()
class LatePermission(models.Model):
    """A deadline of its own for one association in one round."""

    round = models.ForeignKey(
        "rounds.Round",
        verbose_name=_("round"),
        on_delete=models.CASCADE,
        related_name="late_permissions",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="late_permissions",
    )
    until = models.DateTimeField(_("may submit until"))
    reason = models.CharField(_("why"), max_length=POINT_LENGTH, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("granted by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    granted_at = models.DateTimeField(_("granted"), default=clock.now)

    class Meta:
        verbose_name = _("late permission")
        verbose_name_plural = _("late permissions")
        ordering = ("round", "organisation")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "organisation"), name="one_late_permission_an_organisation"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.until}"


class Reading(models.Model):
    """Which version of a challenge a person has read last; a newer one is unread."""

    challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), on_delete=models.CASCADE, related_name="readings"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    revision = models.PositiveSmallIntegerField(_("version"))
    read_at = models.DateTimeField(_("read"), default=clock.now)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = (
            models.UniqueConstraint(fields=("challenge", "user"), name="one_reading_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.challenge_id} v{self.revision}"
