"""A challenge, every version of it that was submitted, and what was said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from organisations.people.enums import Language
from organisations.people.models import User
from rounds.challenges.enums import (
    DECIDED,
    EDITABLE,
    Field,
    FundingThought,
    Output,
    Side,
    Status,
    ToldStatus,
    Visibility,
)
from rounds.challenges.querysets import ChallengeQuerySet
from rounds.challenges.search import WORDS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TITLE_LENGTH = 120
SUMMARY_LENGTH = 500
TEXT_LENGTH = 4000


def _text(label: _StrPromise) -> models.TextField[str, str]:
    return models.TextField(label, max_length=TEXT_LENGTH, blank=True)


@pghistory.track()
class Challenge(models.Model):
    """What an association asks students to solve, from a draft to a completed project."""

    round = models.ForeignKey(
        "rounds.Round",
        verbose_name=_("round"),
        on_delete=models.PROTECT,
        related_name="challenges",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="challenges",
    )
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.DRAFT
    )
    number = models.PositiveSmallIntegerField(_("number in the round"), null=True, editable=False)
    reference = models.CharField(_("reference number"), max_length=40, blank=True, editable=False)
    language = models.CharField(
        _("language of the text"), max_length=2, choices=Language.choices, default=Language.FI
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact person's e-mail"), max_length=254, blank=True)
    contact_phone = models.CharField(_("contact person's telephone"), max_length=30, blank=True)
    deputy_name = models.CharField(_("deputy"), max_length=120, blank=True)
    deputy_email = models.EmailField(_("deputy's e-mail"), max_length=254, blank=True)

    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    summary = models.TextField(_("summary (public)"), max_length=SUMMARY_LENGTH, blank=True)
    need = _text(_("background and need"))
    change_sought = _text(_("what the solution should achieve"))
    target_group = _text(_("direct target group"))
    indirect_target_group = _text(_("indirect target group"))
    tried = _text(_("what has been tried"))
    limits = _text(_("limits"))

    material = _text(_("material given to the team"))
    support_hours = models.DecimalField(
        _("expert time, hours a week"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(40)],
    )
    hoped_outputs = ArrayField(
        models.CharField(max_length=16, choices=Output.choices),
        verbose_name=_("hoped output"),
        default=list,
        blank=True,
    )
    hoped_fields = ArrayField(
        models.CharField(max_length=16, choices=Field.choices),
        verbose_name=_("hoped fields of study"),
        default=list,
        blank=True,
    )
    working_language = models.CharField(
        _("working language"), max_length=2, choices=Language.choices, default=Language.FI
    )
    attends_kickoff = models.BooleanField(_("can attend the kick-off"), default=False)
    attends_midreview = models.BooleanField(_("can attend the mid-review"), default=False)
    attends_fest = models.BooleanField(_("can attend the MINNO-fest"), default=False)

    is_national = models.BooleanField(_("the whole country"), default=False)
    counties = models.ManyToManyField(
        "organisations.County", verbose_name=_("areas"), blank=True, related_name="+"
    )
    funding_thought = models.CharField(
        _("funding thought"),
        max_length=8,
        choices=FundingThought.choices,
        default=FundingThought.NOT_YET,
    )
    fund = models.ForeignKey(
        "rounds.Fund",
        verbose_name=_("fund"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    objective = models.ForeignKey(
        "rounds.SpecificObjective",
        verbose_name=_("specific objective"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    # Answers to the round's own questions, by `OwnQuestion.field`.
    own_answers = models.JSONField(_("answers to own questions"), default=dict, blank=True)

    may_publish = models.BooleanField(_("may be published"), default=False)
    terms_version = models.CharField(max_length=20, blank=True, editable=False)
    privacy_version = models.CharField(max_length=20, blank=True, editable=False)
    terms_accepted_at = models.DateTimeField(null=True, editable=False)
    terms_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("begun"), default=clock.now, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=clock.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    completion_due_at = models.DateTimeField(_("completion by"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    announced_at = models.DateTimeField(_("told to the association"), null=True, editable=False)
    # The decision that was told last: it is what the association knows until it is told another.
    told_outcome = models.CharField(max_length=12, blank=True, editable=False)
    # Since when it is called “being considered”; it stays so when the parties weigh it anew.
    considered_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ("round", "number", "pk")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="one_challenge_a_number"),
            models.UniqueConstraint(
                fields=("reference",),
                condition=~models.Q(reference=""),
                name="one_challenge_a_reference",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="challenge_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True, number__isnull=True, reference="")
                | models.Q(submitted_at__isnull=False, number__isnull=False)
                & ~models.Q(reference=""),
                name="submitted_challenge_has_reference",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=(Status.DRAFT, Status.WITHDRAWN))
                | models.Q(submitted_at__isnull=False),
                name="later_statuses_were_submitted",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=DECIDED)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_challenge_has_decider_and_time",
            ),
            models.CheckConstraint(
                condition=models.Q(announced_at__isnull=True) | models.Q(decided_at__isnull=False),
                name="announced_challenge_is_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(funding_thought=FundingThought.FUND)
                | models.Q(fund__isnull=True),
                name="fund_only_when_thought_of",
            ),
        )
        indexes = (
            # The table of a round is sorted, counted and leafed through in these alone.
            models.Index(fields=("round", "status", "number"), name="challenge_by_status"),
            models.Index(
                fields=("organisation", "round", "number"), name="challenge_by_organisation"
            ),
            *(
                models.Index(
                    fields=("round", field, "number"),
                    condition=models.Q(number__isnull=False),
                    name=f"challenge_by_{field}",
                )
                for field in ("title", "submitted_at")
            ),
            GinIndex(WORDS, name="challenge_by_words"),
        )

    def __str__(self) -> str:
        return self.title or str(_("Untitled challenge"))

    @property
    def is_told(self) -> bool:
        """Whether the association has been told the decision."""
        return self.announced_at is not None

    @property
    def told_status(self) -> str:
        """The status as the association and the public may know it now.

        The value of a `Status`, or `ToldStatus.CONSIDERED` while no decision has been announced.
        A decision that was told holds until a new one is.
        """
        hidden = (
            self.status == Status.PROPOSED
            or (self.status in DECIDED and not self.is_told)
            # What was told holds also while the challenge is weighed anew.
            or (self.status == Status.SUBMITTED and (self.told_outcome or self.considered_at))
        )
        return (self.told_outcome or ToldStatus.CONSIDERED.value) if hidden else self.status

    @property
    def told_status_label(self) -> str | Promise:
        """The words for `told_status`."""
        told = self.told_status
        return ToldStatus.CONSIDERED.label if told == ToldStatus.CONSIDERED else Status(told).label

    @property
    def is_editable(self) -> bool:
        """Whether the association may write in it now."""
        return self.status in EDITABLE


class Revision(models.Model):
    """A version as it was submitted; never changed afterwards."""

    challenge = models.ForeignKey(
        Challenge,
        verbose_name=_("challenge"),
        on_delete=models.CASCADE,
        related_name="revisions",
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("submitted"), default=clock.now)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ("challenge", "number")
        constraints = (
            models.UniqueConstraint(fields=("challenge", "number"), name="one_version_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.challenge_id} v{self.number}"


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments by who may read them."""

    def visible_to(self, user: User, challenge: Challenge) -> CommentQuerySet:
        """Return what `user`, who is known to see `challenge`, may read of its comments."""
        mine = models.Q(author=user)
        shared = [Visibility.ASSOCIATION]
        partnership = challenge.round.partnership
        if partnership.is_coordinated_by(user) or partnership.is_hosted_by(user):
            shared.append(Visibility.PARTIES)
        readable = models.Q(visibility__in=shared) | mine
        return self.filter(readable, challenge=challenge).select_related("author")


@pghistory.track(exclude=["told_at"])
class Comment(models.Model):
    """Something said about a challenge, with its readers written beside it."""

    challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), on_delete=models.CASCADE, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    visibility = models.CharField(_("who sees this"), max_length=12, choices=Visibility.choices)
    body = models.TextField(_("comment"), max_length=TEXT_LENGTH)
    # Which side gets a letter of it; empty where nobody does, or where another letter tells it.
    told_to = models.CharField(max_length=12, choices=Side.choices, blank=True, editable=False)
    # When its letters were written: that is no part of its history.
    told_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("written"), default=clock.now)

    objects: ClassVar = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values),
                name="comment_visibility_known",
            ),
        )
        indexes = (
            models.Index(
                fields=("created_at",),
                condition=~models.Q(told_to="") & models.Q(told_at=None),
                name="comment_to_tell",
            ),
        )

    def __str__(self) -> str:
        return self.body[:60]
