"""Who has been asked to assess a challenge, and who stands aside from it."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from rounds.selection.enums import StandsAside
from rounds.selection.taking_back import trackers

LONGEST_NOTE = 300


@pghistory.track(*trackers())
class Assignment(models.Model):
    """A person of either party who has been asked to assess a challenge."""

    challenge = models.ForeignKey(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.CASCADE,
        related_name="assignments",
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assessor"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    assigned_at = models.DateTimeField(_("asked"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = (
            models.UniqueConstraint(
                fields=("challenge", "assessor"), name="one_assignment_a_person_and_challenge"
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessor} · {self.challenge_id}"


@pghistory.track(*trackers())
class Recusal(models.Model):
    """A person who does not assess a challenge: by their own word, until they take it back.

    Who declares a conflict of interest does not answer the proposal either.
    """

    challenge = models.ForeignKey(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.CASCADE,
        related_name="recusals",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    kind = models.CharField(_("why"), max_length=8, choices=StandsAside.choices)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    declared_at = models.DateTimeField(_("declared"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("standing aside")
        verbose_name_plural = _("standings aside")
        constraints = (
            models.UniqueConstraint(
                fields=("challenge", "user"), name="one_recusal_a_person_and_challenge"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=StandsAside.values), name="recusal_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.challenge_id}"
