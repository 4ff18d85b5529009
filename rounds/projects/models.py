"""The student team that solves a confirmed challenge."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class Team(models.Model):
    """A team of four to seven students: no student's name, one contact address is enough."""

    challenge = models.ForeignKey(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.PROTECT,
        related_name="teams",
    )
    name = models.CharField(_("team"), max_length=80)
    contact_email = models.EmailField(_("team's address"), max_length=254, blank=True)
    tutor_name = models.CharField(_("tutor"), max_length=120, blank=True)
    tutor_email = models.EmailField(_("tutor's e-mail"), max_length=254, blank=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("challenge", "name")
        constraints = (
            models.UniqueConstraint(fields=("challenge", "name"), name="one_team_a_name"),
        )

    def __str__(self) -> str:
        return self.name
