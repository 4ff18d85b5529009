"""Assessments by what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Cast

from rounds.challenges.models import Challenge, Revision
from rounds.selection.assessing.models import Recusal
from rounds.selection.enums import ASSESSED_APART

if TYPE_CHECKING:
    from rounds.selection.models import Assessment  # noqa: F401 (named in the base class)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments by what they tell."""

    def counting(self) -> AssessmentQuerySet:
        """Return those that are done; the view of somebody who stands aside does not count."""
        aside = Recusal.objects.filter(
            challenge=models.OuterRef("challenge"), user=models.OuterRef("assessor")
        )
        return self.filter(~models.Exists(aside), done_at__isnull=False)

    def to_look_at_again(self) -> AssessmentQuerySet:
        """Return finished ones of an earlier text than the challenge has now.

        What has been proposed or decided is waited for no more.
        """
        newer = Revision.objects.filter(
            challenge=models.OuterRef("challenge"), number__gt=models.OuterRef("version")
        )
        return self.filter(
            models.Exists(newer), challenge__status__in=ASSESSED_APART, done_at__isnull=False
        )

    def with_mean(self) -> AssessmentQuerySet:
        """Add `mean`: the marks weighted by their criteria, None where there are none."""
        weight = models.F("scores__criterion__weight")
        total = Cast(models.Sum(models.F("scores__value") * weight), models.FloatField())
        return self.annotate(mean=total / models.Sum(weight))

    def with_comment(self, challenge: Challenge) -> AssessmentQuerySet:
        """Return what was said when assessing a challenge; drafts stay their writers' own."""
        return (
            self.counting()
            .filter(challenge=challenge)
            .exclude(comment="")
            .select_related("assessor")
            .order_by("party", "done_at")
        )
