"""What the teams made."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from organisations.people.enums import Language
from organisations.people.models import User
from rounds.challenges.enums import Output


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """Outcomes by who may see them."""

    def visible_to(self, user: User) -> OutcomeQuerySet:
        """Return the two parties' rounds' outcomes, and the own association's."""
        outcomes = self.select_related(
            "challenge__organisation",
            "challenge__round__partnership__coordinator",
            "challenge__round__partnership__institution",
        )
        if user.is_superuser:
            return outcomes
        partnership = "challenge__round__partnership"
        return outcomes.filter(
            models.Q(challenge__organisation__in=user.ties.contact)
            | models.Q(**{f"{partnership}__coordinator__in": user.ties.coordinator})
            | models.Q(**{f"{partnership}__institution__in": user.ties.staff})
        )

    def public(self) -> OutcomeQuerySet:
        """Return published ones, newest first."""
        return (
            self.filter(published_at__lte=clock.now(), may_publish=True)
            .select_related("challenge__organisation", "challenge__round__partnership")
            .order_by("-published_at", "-pk")
        )


@pghistory.track()
class Outcome(models.Model):
    """A result of a project: what it is and where it can be read."""

    challenge = models.ForeignKey(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.PROTECT,
        related_name="outcomes",
    )
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), max_length=1000)
    language = models.CharField(
        _("language of the text"), max_length=2, choices=Language.choices, default=Language.FI
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Output.choices)
    link = models.URLField(_("link"), blank=True)
    may_publish = models.BooleanField(_("may be published"), default=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    objects: ClassVar = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ("challenge", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(may_publish=True),
                name="published_outcome_has_permission",
            ),
        )

    def __str__(self) -> str:
        return self.title
