"""A letter to many about a round, and whom it went to."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.rendering import LONGEST_SUBJECT, Written
from organisations.people.enums import Language
from organisations.people.models import User
from rounds.call.campaigns.enums import Arrival, Purpose, Status

TEXT_LENGTH = 6000
# In whose words a reader is written to whose own language has no text.
FALLBACK = Language.FI


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns by who may see them and what is still to be done with them."""

    def visible_to(self, user: User) -> CampaignQuerySet:
        """Those of the rounds that `user` coordinates; all for an administrator."""
        campaigns = self.select_related(
            "round__partnership__coordinator", "round__partnership__institution"
        )
        if user.is_superuser:
            return campaigns
        return campaigns.filter(round__partnership__coordinator__in=user.ties.coordinator)

    def under_way(self) -> CampaignQuerySet:
        """Those whose letters are not all written or not all sent."""
        return self.filter(status=Status.SENDING)


@pghistory.track()
class Campaign(models.Model):
    """A letter to many: its texts with placeholders, its readers' filters and its way."""

    round = models.ForeignKey(
        "rounds.Round",
        verbose_name=_("round"),
        on_delete=models.CASCADE,
        related_name="campaigns",
    )
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH, blank=True)
    # What `audience.Filters` reads and writes.
    audience = models.JSONField(_("readers"), default=dict, blank=True)
    status = models.CharField(
        _("state"), max_length=8, choices=Status.choices, default=Status.DRAFT
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("written"), default=clock.now, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("sent"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects: ClassVar = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="campaign_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=Purpose.values), name="campaign_purpose_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=(Status.DRAFT, Status.HELD))
                | models.Q(approved_at__isnull=False),
                name="sent_campaign_was_approved",
            ),
        )

    def __str__(self) -> str:
        return f"{Purpose(self.purpose).label} {self.round.code}"

    def get_absolute_url(self) -> str:
        """Return the campaign's page."""
        return reverse("campaign", args=[self.round.slug, self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the campaign can still be changed: nothing of it has been sent."""
        return self.status in (Status.DRAFT, Status.HELD)

    def has_text_in(self, language: str) -> bool:
        """Whether there is a text of its own in the language."""
        return bool(getattr(self, f"text_{language}"))

    def written_in(self, language: str) -> Written:
        """Return subject and text with placeholders; in Finnish where the language has none."""
        own = language if language in Language and self.has_text_in(language) else FALLBACK.value
        return Written(getattr(self, f"subject_{own}") or "", getattr(self, f"text_{own}") or "")


class CampaignRecipientQuerySet(models.QuerySet["CampaignRecipient"]):
    """Recipients by what has become of their letter."""

    def unwritten(self) -> CampaignRecipientQuerySet:
        """Those whose letter is not in the outbox yet."""
        return self.filter(letter=None, is_left_out=False)

    def arrived(self, arrival: str) -> CampaignRecipientQuerySet:
        """Those of whose letter one thing has become."""
        if arrival == Arrival.WAITING:
            waits = models.Q(letter__state__in=STATES[Arrival.WAITING])
            unwritten = models.Q(letter=None, is_left_out=False)
            return self.filter(waits | unwritten & ~models.Q(campaign__status=Status.STOPPED))
        if arrival == Arrival.CANCELLED:
            cancelled = models.Q(letter__state__in=STATES[Arrival.CANCELLED])
            unwritten = models.Q(letter=None, campaign__status=Status.STOPPED)
            return self.filter(cancelled | unwritten | models.Q(is_left_out=True))
        return self.filter(letter__state__in=STATES[Arrival(arrival)])


# The states of a letter by what they mean to whoever looks at a campaign.
STATES: dict[Arrival, tuple[State, ...]] = {
    Arrival.WAITING: (State.HELD, State.QUEUED, State.SENDING),
    Arrival.SENT: (State.SENT,),
    Arrival.RETRY: (State.RETRY,),
    Arrival.FAILED: (State.FAILED,),
    Arrival.BOUNCED: (State.BOUNCED,),
    Arrival.CANCELLED: (State.CANCELLED, State.EXPIRED),
}
_ARRIVALS = {state: arrival for arrival, states in STATES.items() for state in states}


def arrival_of(state: str | None, *, is_over: bool) -> Arrival:
    """Return what a letter's state means.

    :param state: None when the letter was not written.
    :param is_over: whether it will not be written any more.
    """
    if state is None:
        return Arrival.CANCELLED if is_over else Arrival.WAITING
    return _ARRIVALS[State(state)]


class CampaignRecipient(models.Model):
    """One address of a campaign, as it was when the campaign was sent."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="recipients")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    contact = models.ForeignKey(
        "organisations.Contact", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    address = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    letter = models.OneToOneField(
        "outbox.Letter", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The day of the first visit by the letter's own link; nothing else is known of a visit.
    visited_on = models.DateField(_("visited the call"), null=True)
    # Unsubscribed after the campaign was sent, before the letter was written.
    is_left_out = models.BooleanField(default=False)

    objects: ClassVar = CampaignRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader of a campaign")
        verbose_name_plural = _("readers of campaigns")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "address"), name="one_campaign_letter_an_address"
            ),
        )
        indexes = (
            models.Index(
                fields=("campaign", "id"),
                condition=models.Q(letter=None, is_left_out=False),
                name="campaign_letter_to_write",
            ),
        )

    def __str__(self) -> str:
        return self.address
