"""A round, its ten phases and the working time spent on them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.lookups import among
from minno_portal.outbox.sender import Sender
from organisations.people.models import User
from rounds.planning.calendar import follow_ups
from rounds.planning.enums import Form, PhaseKey, Stage
from rounds.planning.phases import BY_KEY

SMALLEST_CAPACITY = 2
LARGEST_CAPACITY = 4
INTRO_LENGTH = 2000


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by who may see them and where they are."""

    def visible_to(self, user: User) -> RoundQuerySet:
        """Rounds whose working pages `user` may open: coordinator, staff, administrator."""
        rounds = self.select_related("partnership__coordinator", "partnership__institution")
        if user.is_superuser:
            return rounds
        return rounds.filter(
            among(
                partnership__coordinator=user.ties.coordinator,
                partnership__institution=user.ties.staff,
            )
        )

    def published(self) -> RoundQuerySet:
        """Rounds with a public page."""
        return self.filter(published_at__lte=clock.now()).select_related(
            "partnership__coordinator", "partnership__institution"
        )

    def with_call_open(self) -> RoundQuerySet:
        """Published rounds that take challenges now."""
        moment = clock.now()
        return self.published().filter(call_opens_at__lte=moment, call_closes_at__gt=moment)


@pghistory.track()
class Round(models.Model):
    """One MINNO round of a partnership; the public code is N/YYYY."""

    partnership = models.ForeignKey(
        "organisations.Partnership",
        verbose_name=_("partnership"),
        on_delete=models.PROTECT,
        related_name="rounds",
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    number = models.PositiveSmallIntegerField(
        _("number in the year"), validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    slug = models.SlugField(max_length=30, unique=True, editable=False)
    form = models.CharField(_("form"), max_length=8, choices=Form.choices)
    capacity = models.PositiveSmallIntegerField(
        _("places"),
        default=LARGEST_CAPACITY,
        validators=[MinValueValidator(SMALLEST_CAPACITY), MaxValueValidator(LARGEST_CAPACITY)],
    )
    intro = models.TextField(_("text of the call"), blank=True, max_length=INTRO_LENGTH)

    call_opens_at = models.DateTimeField(_("call opens"))
    call_closes_at = models.DateTimeField(_("call closes"))
    packet_on = models.DateField(_("packet to the institution by"))
    decisions_on = models.DateField(_("decisions told by"))
    kickoff_on = models.DateField(_("kick-off"))
    contract_on = models.DateField(_("contract by"))
    midreview_on = models.DateField(_("mid-review"), null=True, blank=True)
    fest_on = models.DateField(_("MINNO-fest"))
    feedback_on = models.DateField(_("feedback by"))
    evaluation_on = models.DateField(_("evaluation by"))

    # What the form does with standard questions: a `FieldRule` by the question's field.
    field_rules = models.JSONField(_("rules of the form"), default=dict, blank=True)
    # Whether an assessor sees the others' marks and comments only after giving their own.
    assesses_unseen = models.BooleanField(
        _("others' assessments show only after one's own"), default=True
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    announced_at = models.DateTimeField(_("decisions announced"), null=True, blank=True)
    last_reference = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    objects: ClassVar = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ("-kickoff_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("partnership", "year", "number"), name="one_round_a_code"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__range=(SMALLEST_CAPACITY, LARGEST_CAPACITY)),
                name="capacity_two_to_four",
            ),
            models.CheckConstraint(
                condition=models.Q(form__in=Form.values), name="round_form_known"
            ),
            models.CheckConstraint(
                condition=models.Q(call_opens_at__lt=models.F("call_closes_at")),
                name="call_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=models.Q(packet_on__lte=models.F("decisions_on"))
                & models.Q(decisions_on__lte=models.F("kickoff_on"))
                & models.Q(kickoff_on__lte=models.F("contract_on"))
                & models.Q(contract_on__lte=models.F("fest_on"))
                & models.Q(fest_on__lte=models.F("feedback_on"))
                & models.Q(feedback_on__lte=models.F("evaluation_on")),
                name="round_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(midreview_on__isnull=True)
                | models.Q(midreview_on__gt=models.F("kickoff_on"))
                & models.Q(midreview_on__lt=models.F("fest_on")),
                name="midreview_between_kickoff_and_fest",
            ),
        )
        indexes = (models.Index(fields=("call_closes_at",), name="round_by_deadline"),)

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The name people use, such as 1/2027."""
        return f"{self.number}/{self.year}"

    @cached_property
    def sender(self) -> Sender:
        """On whose behalf letters about the round go out: its own texts come first."""
        house: Sender = self.partnership.sender
        return replace(house, thread=self.slug, text_owners=(self, *house.text_owners))

    def reference(self, number: int) -> str:
        """The reference number of this round's challenge `number`, such as MINNO-1-2027-03."""
        return f"{self.partnership.prefix}-{self.number}-{self.year}-{number:02d}"

    @property
    def is_published(self) -> bool:
        """Whether the round has a public page now."""
        return self.published_at is not None and self.published_at <= clock.now()

    @property
    def call_is_open(self) -> bool:
        """Whether challenges are taken at this very moment."""
        return self.is_published and self.call_opens_at <= clock.now() < self.call_closes_at

    @property
    def stage(self) -> Stage:
        """Where the round is now."""
        moment, today = clock.now(), clock.today()
        if not self.is_published:
            return Stage.PLANNED
        if moment < self.call_opens_at:
            return Stage.UPCOMING
        if moment < self.call_closes_at:
            return Stage.OPEN
        if today > self.evaluation_on:
            return Stage.FINISHED
        if self.announced_at is None:
            return Stage.SELECTION
        return Stage.DECIDED if today < self.kickoff_on else Stage.RUNNING

    @property
    def follow_ups(self) -> tuple[dt.date, ...]:
        """The days on which the outcomes are asked after, 3, 6 and 12 months from the fest."""
        return follow_ups(self.fest_on)

    @property
    def current_phase(self) -> int:
        """The number (1–10) of the phase that the calendar says is under way."""
        today = clock.today()
        if not self.is_published:
            return 1
        ends = (
            (2, self.call_opens_at.astimezone(clock.HELSINKI).date()),
            (4, self.call_closes_at.astimezone(clock.HELSINKI).date() + dt.timedelta(days=1)),
            (5, self.kickoff_on),
            (6, self.fest_on),
            (7, self.fest_on + dt.timedelta(days=1)),
            (8, self.feedback_on),
        )
        return next((number for number, end in ends if today < end), 10)


@pghistory.track()
class Phase(models.Model):
    """One of a round's ten phases, with the estimate in working days."""

    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="phases"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    key = models.CharField(_("phase"), max_length=12, choices=PhaseKey.choices)
    estimated_days = models.DecimalField(
        _("estimate, working days"), max_digits=4, decimal_places=1, null=True, blank=True
    )

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ("round", "number")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="one_phase_a_number"),
            models.UniqueConstraint(fields=("round", "key"), name="one_phase_a_key"),
            models.CheckConstraint(
                condition=models.Q(number__range=(1, 10)), name="phase_number_one_to_ten"
            ),
            models.CheckConstraint(
                condition=models.Q(estimated_days__isnull=True) | models.Q(estimated_days__gte=0),
                name="phase_estimate_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.get_key_display()}"

    @property
    def short_name(self) -> Promise:
        """The one-word name for the strip."""
        return BY_KEY[self.key].short_name


@pghistory.track()
class WorkLog(models.Model):
    """Working time a person spent on a phase, in working days (tp)."""

    phase = models.ForeignKey(
        Phase, verbose_name=_("phase"), on_delete=models.CASCADE, related_name="work_logs"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    done_on = models.DateField(_("day"))
    days = models.DecimalField(
        _("working days"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.05")), MaxValueValidator(Decimal(20))],
    )
    note = models.CharField(_("what was done"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("logged time")
        verbose_name_plural = _("logged times")
        ordering = ("-done_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(days__gt=0, days__lte=20), name="logged_days_positive"
            ),
        )

    def __str__(self) -> str:
        return f"{self.days} tp"
