"""A round's own questions."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from rounds.call.questions.enums import Kind, Need, SectionKey

LABEL_LENGTH = 200
HELP_LENGTH = 500


class OwnQuestionQuerySet(models.QuerySet["OwnQuestion"]):
    """Questions by whether they are asked."""

    def asked(self) -> OwnQuestionQuerySet:
        """Those that stand on the form."""
        return self.filter(is_hidden=False)


@pghistory.track()
class OwnQuestion(models.Model):
    """A question that one round asks beside the standard ones.

    `options` of a choice is a list of `{"key", "fi", "sv", "en"}`; answers keep the key.
    """

    round = models.ForeignKey(
        "rounds.Round",
        verbose_name=_("round"),
        on_delete=models.CASCADE,
        related_name="own_questions",
    )
    section = models.CharField(_("section"), max_length=12, choices=SectionKey.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind of answer"), max_length=12, choices=Kind.choices)
    label = models.CharField(_("question"), max_length=LABEL_LENGTH)
    help = models.CharField(_("help"), max_length=HELP_LENGTH, blank=True)
    options = models.JSONField(_("choices"), default=list, blank=True)
    need = models.CharField(
        _("must be answered"), max_length=10, choices=Need.choices, default=Need.OPTIONAL
    )
    is_hidden = models.BooleanField(_("not asked any more"), default=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    objects: ClassVar = OwnQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("own question")
        verbose_name_plural = _("own questions")
        ordering = ("round", "position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="question_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(need__in=Need.values), name="question_need_known"
            ),
            models.CheckConstraint(
                condition=models.Q(section__in=SectionKey.values), name="question_section_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.label)

    @property
    def field(self) -> str:
        """The name under which forms, answers and versions know the question."""
        return f"own_{self.pk}"
