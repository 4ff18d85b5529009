"""Criteria, assessments, the packet to the institution and the decisions."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from organisations.people.models import User
from rounds.challenges.enums import DECIDED, Status
from rounds.planning.models import Round
from rounds.selection.assessing.models import Recusal
from rounds.selection.assessing.querysets import AssessmentQuerySet
from rounds.selection.enums import Answer, Outcome, Party, StandsAside

LOWEST_SCORE = 1
HIGHEST_SCORE = 5


@pghistory.track()
class Criterion(models.Model):
    """What a round's challenges are assessed by, with its weight."""

    round = models.ForeignKey(
        "rounds.Round", verbose_name=_("round"), on_delete=models.CASCADE, related_name="criteria"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("what to look at"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    # What each mark means by this criterion: five texts from 1 to 5 by language.
    anchors = models.JSONField(_("what the marks mean"), default=dict, blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("round", "position")
        constraints = (
            models.UniqueConstraint(fields=("round", "position"), name="one_criterion_a_position"),
            models.CheckConstraint(
                condition=models.Q(weight__range=(1, 10)), name="criterion_weight_one_to_ten"
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


@pghistory.track()
class Assessment(models.Model):
    """One person's view of one challenge, in the name of one party."""

    challenge = models.ForeignKey(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.CASCADE,
        related_name="assessments",
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assessor"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    party = models.CharField(_("party"), max_length=12, choices=Party.choices)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    # The number of the submitted version (`Revision.number`) that was read: a later one deserves
    # another look. The challenge's own `version` counts savings, which the parties do not see.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    done_at = models.DateTimeField(_("done"), null=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=clock.now, editable=False)

    objects: ClassVar = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = (
            models.UniqueConstraint(
                fields=("challenge", "assessor"), name="one_assessment_a_person_and_challenge"
            ),
            models.CheckConstraint(
                condition=models.Q(party__in=Party.values), name="assessment_party_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessor} · {self.challenge_id}"

    @property
    def marks(self) -> dict[int, int]:
        """The marks by the criterion's id; read the assessment with its `scores` prefetched."""
        return {score.criterion_id: score.value for score in self.scores.all()}


@pghistory.track()
class Score(models.Model):
    """The value 1–5 an assessment gives by one criterion."""

    assessment = models.ForeignKey(
        Assessment,
        verbose_name=_("assessment"),
        on_delete=models.CASCADE,
        related_name="scores",
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("criterion"), on_delete=models.PROTECT, related_name="+"
    )
    value = models.PositiveSmallIntegerField(
        _("value"),
        validators=[MinValueValidator(LOWEST_SCORE), MaxValueValidator(HIGHEST_SCORE)],
    )

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = (
            models.UniqueConstraint(
                fields=("assessment", "criterion"), name="one_score_a_criterion"
            ),
            models.CheckConstraint(
                condition=models.Q(value__range=(LOWEST_SCORE, HIGHEST_SCORE)),
                name="score_one_to_five",
            ),
        )

    def __str__(self) -> str:
        return str(self.value)


@pghistory.track()
class Ranking(models.Model):
    """The place the coordinator gives a challenge on the board."""

    round = models.ForeignKey(
        "rounds.Round", verbose_name=_("round"), on_delete=models.CASCADE, related_name="rankings"
    )
    challenge = models.OneToOneField(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.CASCADE,
        related_name="ranking",
    )
    position = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        ordering = ("round", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "position"),
                name="one_challenge_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        return str(self.position)


@pghistory.track()
class Packet(models.Model):
    """The coordinator's ordered proposals to the institution, as they were sent."""

    round = models.ForeignKey(
        "rounds.Round", verbose_name=_("round"), on_delete=models.PROTECT, related_name="packets"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    message = models.TextField(_("message"), max_length=2000, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent"), default=clock.now)

    class Meta:
        verbose_name = _("packet")
        verbose_name_plural = _("packets")
        ordering = ("round", "number")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="one_packet_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.round} / {self.number}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by who may see them and whether they wait."""

    def visible_to(self, user: User) -> ProposalQuerySet:
        """Those of partnerships where `user` is coordinator or staff; all for an administrator."""
        proposals = self.select_related(
            "packet__round__partnership__coordinator",
            "packet__round__partnership__institution",
            "challenge__organisation",
        )
        if user.is_superuser:
            return proposals
        return proposals.filter(
            models.Q(packet__round__partnership__coordinator__in=user.ties.coordinator)
            | models.Q(packet__round__partnership__institution__in=user.ties.staff)
        )

    def hosted_by(self, user: User) -> ProposalQuerySet:
        """What the admin shows: proposals to the own institution; all for an administrator."""
        if user.is_superuser:
            return self.visible_to(user)
        return self.visible_to(user).filter(
            packet__round__partnership__institution__in=user.ties.staff
        )

    def waiting(self) -> ProposalQuerySet:
        """Those the institution has not answered and whose challenge has not been withdrawn."""
        return self.filter(answer="", challenge__status=Status.PROPOSED)

    def answerable_by(self, user: User) -> ProposalQuerySet:
        """Those that wait for `user`: of the institution, not the sender, without an interest.

        Who belongs to the giver has one, and who has declared one.
        """
        declared = Recusal.objects.filter(
            challenge=models.OuterRef("challenge"), user=user, kind=StandsAside.CONFLICT
        )
        return (
            self.waiting()
            .filter(~models.Exists(declared))
            .filter(packet__round__partnership__institution__in=user.ties.staff)
            .exclude(proposed_by=user)
            .exclude(challenge__organisation__in=user.ties.conflicting)
        )


@pghistory.track()
class Proposal(models.Model):
    """One challenge in a packet: what the coordinator suggests and what the institution answers."""

    packet = models.ForeignKey(
        Packet, verbose_name=_("packet"), on_delete=models.PROTECT, related_name="proposals"
    )
    challenge = models.ForeignKey(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    position = models.PositiveSmallIntegerField(_("place"))
    suggested = models.CharField(_("suggestion"), max_length=12, choices=Outcome.choices)
    rationale = models.TextField(_("reason for the institution"), max_length=2000, blank=True)
    snapshot = models.JSONField(_("challenge as proposed"), default=dict, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    # Both parties' means, spread and comments at the moment of sending.
    assessed = models.JSONField(_("assessments as sent"), default=dict, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True)
    answer_note = models.TextField(_("note"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    tutor_name = models.CharField(_("tutor"), max_length=120, blank=True)
    tutor_email = models.EmailField(_("tutor's e-mail"), max_length=254, blank=True)
    teams = models.PositiveSmallIntegerField(_("number of teams"), null=True, blank=True)

    objects: ClassVar = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("packet", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("packet", "challenge"), name="one_proposal_a_challenge_in_a_packet"
            ),
            models.UniqueConstraint(
                fields=("packet", "position"), name="one_proposal_a_place_in_a_packet"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~models.Q(answer="")
                & models.Q(answered_by__isnull=False, answered_at__isnull=False),
                name="answered_proposal_has_answerer_and_time",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True)
                | ~models.Q(answered_by=models.F("proposed_by")),
                name="proposer_does_not_confirm",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer__in=(Answer.DISAGREE, Answer.CHANGE))
                | ~models.Q(answer_note=""),
                name="other_than_agreeing_needs_a_note",
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}. {self.challenge}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions by whether the applicants know them."""

    def standing(self) -> DecisionQuerySet:
        """Those that no later decision has replaced."""
        return self.filter(superseded_at=None)

    def untold(self, round_: Round) -> DecisionQuerySet:
        """Those of a round that wait for being announced, in the order of the board.

        A challenge that was withdrawn after its decision needs no telling.
        """
        return (
            self.standing()
            .filter(challenge__round=round_, challenge__status__in=DECIDED, announced_at=None)
            .select_related("challenge__organisation", "decided_by")
            .order_by("challenge__ranking__position", "challenge__number")
        )


@pghistory.track()
class Decision(models.Model):
    """What was decided of a challenge: a reason for the applicant and, apart from it, a note."""

    challenge = models.ForeignKey(
        "rounds.Challenge",
        verbose_name=_("challenge"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    outcome = models.CharField(_("decision"), max_length=12, choices=Outcome.choices)
    reason = models.TextField(_("reason to the applicant"), max_length=2000, blank=True)
    internal_note = models.TextField(_("internal note"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), default=clock.now)
    announced_at = models.DateTimeField(_("announced"), null=True, editable=False)
    superseded_at = models.DateTimeField(_("replaced"), null=True, editable=False)

    objects: ClassVar = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("challenge", "decided_at")
        constraints = (
            models.UniqueConstraint(
                fields=("challenge",),
                condition=models.Q(superseded_at__isnull=True),
                name="one_standing_decision_a_challenge",
            ),
            models.CheckConstraint(
                condition=models.Q(announced_at__isnull=True)
                | models.Q(outcome=Outcome.CONFIRMED)
                | ~models.Q(reason=""),
                name="announced_refusal_has_reason",
            ),
        )

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def lacks_reason(self) -> bool:
        """Whether it cannot be told yet: only a confirmation may go without a reason."""
        return self.outcome != Outcome.CONFIRMED and not self.reason.strip()
