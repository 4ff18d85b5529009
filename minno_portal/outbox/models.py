"""A letter: one row for one e-mail to one address; texts of one's own; addresses that fail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Lower
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

    def not_arrived(self) -> LetterQuerySet:
        """Letters that failed or came back, and that nobody has seen to."""
        return self.filter(state__in=(State.FAILED, State.BOUNCED), settled_at=None)

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
    sender_name = models.CharField(
        max_length=120, blank=True, help_text=_("Stands before the portal’s address.")
    )
    reply_to = models.EmailField(max_length=254, blank=True)
    logo = models.CharField(max_length=200, blank=True)
    unsubscribe_url = models.URLField(max_length=300, blank=True)
    is_bulk = models.BooleanField(
        default=False,
        help_text=_("One of many alike: whatever a person waits for is delivered before it."),
    )
    is_secret = models.BooleanField(
        default=False, help_text=_("The text is emptied as soon as the letter has been sent.")
    )
    message_id = models.CharField(max_length=120, unique=True)

    house = models.BigIntegerField(
        null=True,
        blank=True,
        help_text=_("The partnership’s id: its coordinators see the letter and look after it."),
    )
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
    bounced_at = models.DateTimeField(_("came back"), null=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("edited by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    edited_at = models.DateTimeField(_("edited"), null=True)
    settled_at = models.DateTimeField(
        _("seen to"),
        null=True,
        help_text=_("Somebody has done what there was to do about a letter that did not arrive."),
    )

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
            models.CheckConstraint(
                condition=~models.Q(state=State.BOUNCED) | models.Q(bounced_at__isnull=False),
                name="bounced_letter_has_time",
            ),
        )
        indexes = (
            models.Index(
                fields=("not_before",),
                condition=models.Q(state__in=(State.QUEUED, State.RETRY)),
                name="letter_to_deliver",
            ),
            models.Index(
                fields=("not_before", "id"),
                condition=models.Q(state__in=(State.QUEUED, State.RETRY), is_bulk=True),
                name="bulk_letter_to_deliver",
            ),
            models.Index(fields=("about_type", "about_id"), name="letter_about"),
            models.Index(fields=("thread", "-created_at"), name="letter_of_thread"),
            models.Index(fields=("house", "state", "-created_at"), name="letter_of_house"),
        )

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"

    @property
    def status(self) -> str:
        """The state, by the name that transition tables ask for."""
        return str(self.state)

    @property
    def is_emptied(self) -> bool:
        """Whether the text is gone: it was secret, or its time of keeping has passed."""
        return not self.text


class FailingAddress(models.Model):
    """An address that mail servers say does not work; letters to it are still tried."""

    address = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    since = models.DateTimeField(_("does not work since"), default=clock.now)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("address that does not work")
        verbose_name_plural = _("addresses that do not work")
        ordering = ("-since",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")),
                name="failing_address_in_small_letters",
            ),
        )

    def __str__(self) -> str:
        return self.address


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    """Own texts by whose they are."""

    def of(self, owners: Iterable[models.Model]) -> LetterTextQuerySet:
        """Return the texts of these owners."""
        mine = models.Q(pk__in=[])
        for owner in owners:
            type_id, pk = LetterText.key_of(owner)
            mine |= models.Q(owner_type=type_id, owner_id=pk)
        return self.filter(mine)


@pghistory.track()
class LetterText(models.Model):
    """A coordinator's own text of a kind of letter in one language, of a partnership or a round."""

    kind = models.SlugField(_("kind"), max_length=40)
    language = models.CharField(_("language"), max_length=2)
    owner_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    owner_id = models.BigIntegerField()
    owner = GenericForeignKey("owner_type", "owner_id")
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    # What the default was when this text was written: so it can be told that the default changed.
    default_digest = models.CharField(max_length=64)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("edited by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    edited_at = models.DateTimeField(_("edited"), default=clock.now)

    objects: ClassVar = LetterTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("own text of a letter")
        verbose_name_plural = _("own texts of letters")
        constraints = (
            models.UniqueConstraint(
                fields=("owner_type", "owner_id", "kind", "language"),
                name="one_own_text_a_kind_and_language",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"

    @staticmethod
    def key_of(owner: models.Model) -> tuple[int, int]:
        """Return what identifies an owner: its content type's id and its own."""
        return ContentType.objects.get_for_model(owner).pk, owner.pk


class Telling(models.Model):
    """One thing that a letter tells its reader: a letter may join several, each is told once."""

    key = models.CharField(max_length=200, unique=True)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="tellings")
    # The round's slug and the rule of its reminder plan, where one has caused the letter.
    thread = models.SlugField(max_length=40, blank=True)
    rule = models.SlugField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("what a letter tells")
        verbose_name_plural = _("what letters tell")
        indexes = (models.Index(fields=("thread", "rule"), name="telling_by_rule"),)

    def __str__(self) -> str:
        return self.key


class Watch(models.Model):
    """A stretch of time in which reminders were looked after; between two of them nobody did."""

    began_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("watch over reminders")
        verbose_name_plural = _("watches over reminders")
        ordering = ("seen_at",)
        indexes = (models.Index(fields=("seen_at",), name="watch_by_end"),)

    def __str__(self) -> str:
        return f"{self.began_at} – {self.seen_at}"
