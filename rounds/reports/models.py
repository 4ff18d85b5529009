"""A round's report as a file, with what is needed to trust it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from organisations.people.enums import Language
from organisations.people.models import User
from rounds.reports.enums import ReportState

# A report that is not ready by now never will be: the worker's own time limit is five minutes.
STUCK_AFTER = dt.timedelta(minutes=6)


class RoundReportQuerySet(models.QuerySet["RoundReport"]):
    """Reports by who may read them."""

    def visible_to(self, user: User) -> RoundReportQuerySet:
        """Return reports of rounds whose coordinator or institution's staff `user` is."""
        reports = self.select_related(
            "round__partnership__coordinator", "round__partnership__institution"
        )
        if user.is_superuser:
            return reports
        return reports.filter(
            models.Q(round__partnership__coordinator__in=user.ties.coordinator)
            | models.Q(round__partnership__institution__in=user.ties.staff)
        )


class RoundReport(models.Model):
    """One made PDF; asking again makes a new one and keeps the old."""

    round = models.ForeignKey(
        "rounds.Round", verbose_name=_("round"), on_delete=models.PROTECT, related_name="reports"
    )
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.QUEUED)
    progress = models.PositiveSmallIntegerField(
        _("progress, per cent"), default=0, validators=[MaxValueValidator(100)]
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("requested"), default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("ready"), null=True)
    file = models.FileField(upload_to="reports/%Y/", blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)

    objects: ClassVar = RoundReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("round report")
        verbose_name_plural = _("round reports")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state=ReportState.DONE)
                | ~models.Q(file="") & ~models.Q(sha256="") & models.Q(finished_at__isnull=False),
                name="ready_report_has_file_and_checksum",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="report_progress_per_cent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.round} · {self.language}"

    @property
    def is_stuck(self) -> bool:
        """Whether whoever was to make the report has gone away."""
        waiting = self.state in (ReportState.QUEUED, ReportState.RUNNING)
        return waiting and (self.started_at or self.created_at) < clock.now() - STUCK_AFTER

    @property
    def is_under_way(self) -> bool:
        """Whether the report is worth waiting for."""
        waiting = self.state in (ReportState.QUEUED, ReportState.RUNNING)
        return waiting and not self.is_stuck
