"""Where the coordinator has changed a round's reminder plan; all else is as the code says."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock

MOST_DAYS = 400


@pghistory.track()
class PlannedReminder(models.Model):
    """What the coordinator has changed of one rule in one round.

    Days are counted from the rule's date, so that the reminder moves along when the round does.
    """

    round = models.ForeignKey(
        "rounds.Round",
        verbose_name=_("round"),
        on_delete=models.CASCADE,
        related_name="planned_reminders",
    )
    rule = models.SlugField(_("rule"), max_length=40)
    is_on = models.BooleanField(_("goes out"), default=True)
    days = models.SmallIntegerField(_("days from the date"), null=True, blank=True)
    at = models.TimeField(_("time"), null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    class Meta:
        verbose_name = _("changed reminder")
        verbose_name_plural = _("changed reminders")
        constraints = (
            models.UniqueConstraint(fields=("round", "rule"), name="one_change_a_rule"),
            models.CheckConstraint(
                condition=models.Q(days__isnull=True, at__isnull=True)
                | models.Q(days__range=(-MOST_DAYS, MOST_DAYS), at__isnull=False),
                name="moved_reminder_has_day_and_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} ({self.round_id})"

    @property
    def is_moved(self) -> bool:
        """Whether it goes at another time than the rule says."""
        return self.days is not None
