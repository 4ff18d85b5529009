"""Who was asked for feedback, and, with nothing that ties the two together, what was answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from organisations.people.enums import Language
from rounds.feedback.enums import Respondent


class FeedbackInvitation(models.Model):
    """A personal link to the form of one's role; it remembers only that it was used."""

    round = models.ForeignKey(
        "rounds.Round",
        verbose_name=_("round"),
        on_delete=models.CASCADE,
        related_name="feedback_invitations",
    )
    role = models.CharField(_("role"), max_length=12, choices=Respondent.choices)
    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # The reminder has a link of its own, since only a hash of the first is left; both work.
    reminder_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    created_at = models.DateTimeField(_("asked"), default=clock.now)
    is_answered = models.BooleanField(_("answered"), default=False)

    class Meta:
        verbose_name = _("feedback request")
        verbose_name_plural = _("feedback requests")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "role", "email"), name="one_feedback_request_a_role"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Respondent.values), name="respondent_role_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"


class FeedbackAnswer(models.Model):
    """An answer without a person: a random key, no time, no link to the invitation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        "rounds.Round",
        verbose_name=_("round"),
        on_delete=models.CASCADE,
        related_name="feedback_answers",
    )
    role = models.CharField(_("role"), max_length=12, choices=Respondent.choices)
    ratings = models.JSONField(_("ratings"), default=dict)
    texts = models.JSONField(_("texts"), default=dict)

    class Meta:
        verbose_name = _("feedback answer")
        verbose_name_plural = _("feedback answers")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=Respondent.values), name="answer_role_known"
            ),
        )

    def __str__(self) -> str:
        return self.get_role_display()
