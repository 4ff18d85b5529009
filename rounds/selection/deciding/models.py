"""What goes with telling a decision: edited letters, corrections, and the association's answer."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from rounds.selection.taking_back import trackers

LETTER_LENGTH = 6000


@pghistory.track(*trackers())
class LetterDraft(models.Model):
    """A decision's letter to one person as the coordinator has edited it before sending."""

    decision = models.ForeignKey(
        "rounds.Decision",
        verbose_name=_("decision"),
        on_delete=models.CASCADE,
        related_name="letter_drafts",
    )
    email = models.EmailField(_("recipient"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=LETTER_LENGTH)
    # The text it was edited from: when the reason changes afterwards, the page says so.
    edited_from = models.TextField(editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("edited by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    edited_at = models.DateTimeField(_("edited"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("edited letter")
        verbose_name_plural = _("edited letters")
        constraints = (
            models.UniqueConstraint(
                fields=("decision", "email"), name="one_edited_letter_a_decision_and_address"
            ),
        )

    def __str__(self) -> str:
        return self.subject


@pghistory.track()
class Correction(models.Model):
    """What was put right in a letter of a told decision, and told to the same people."""

    decision = models.ForeignKey(
        "rounds.Decision",
        verbose_name=_("decision"),
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    text = models.TextField(_("what is put right"), max_length=2000)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("sent_at",)

    def __str__(self) -> str:
        return self.text[:60]


@pghistory.track()
class Participation(models.Model):
    """A chosen challenge's association is asked to say by a date that it takes part."""

    challenge = models.OneToOneField(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.CASCADE,
        related_name="participation",
    )
    confirm_by = models.DateField(_("to be confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="confirmed_participation_has_person_and_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.challenge_id)


@pghistory.track()
class FeedbackWish(models.Model):
    """An association that was told a decision asks for feedback on its challenge."""

    challenge = models.OneToOneField(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.CASCADE,
        related_name="feedback_wish",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now, editable=False)
    question = models.TextField(_("question"), max_length=1000, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    class Meta:
        verbose_name = _("wish for feedback")
        verbose_name_plural = _("wishes for feedback")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | models.Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~models.Q(answer=""),
                name="answered_wish_has_answer_person_and_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.challenge_id)
