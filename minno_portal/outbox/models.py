"""A letter: one row for one e-mail to one address, from its cause to its delivery."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.enums import State


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by what has to be done with them."""

    def due(self) -> LetterQuerySet:
        """Letters that may be delivered now."""
        moment = clock.now()
        return self.filter(
            models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=moment),
            state__in=(State.QUEUED, State.RETRY),
            not_before__lte=moment,
        )

    def about(self, thing: models.Model) -> LetterQuerySet:
        """Letters about one object."""
        return self.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk)


class Letter(models.Model):
    """An e-mail to one address; the key makes it impossible to send the same letter twice."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.SlugField(_("kind"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    recipient = models.EmailField(_("to"), max_length=254)
    recipient_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    reply_to = models.EmailField(max_length=254, blank=True)
    is_secret = models.BooleanField(
        default=False, help_text=_("The text is emptied as soon as the letter has been sent.")
    )
    message_id = models.CharField(max_length=120, unique=True)

    thread = models.SlugField(
        _("thread"),
        max_length=40,
        blank=True,
        help_text=_("The round's slug: what was told of one round stays together."),
    )
    about_type = models.ForeignKey(ContentType, on_delete=models.SET_NULL, null=True, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")

    created_at = models.DateTimeField(_("written"), default=clock.now)
    not_before = models.DateTimeField(_("not before"), default=clock.now)
    expires_at = models.DateTimeField(_("not after"), null=True, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    objects: ClassVar = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="letter_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.SENT) | models.Q(sent_at__isnull=False),
                name="sent_letter_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.SENDING) | models.Q(claimed_at__isnull=False),
                name="claimed_letter_has_time",
            ),
        )
        indexes = (
            models.Index(
                fields=("not_before",),
                condition=models.Q(state__in=(State.QUEUED, State.RETRY)),
                name="letter_to_deliver",
            ),
            models.Index(fields=("about_type", "about_id"), name="letter_about"),
            models.Index(fields=("thread", "-created_at"), name="letter_of_thread"),
        )

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"
