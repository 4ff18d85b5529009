"""What this step registers: its reminders and what waits for people."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal import clock
from minno_portal.waiting import Waiting, provides_waiting
from organisations.membership.models import Membership
from organisations.people.models import User
from rounds.challenges import exports, reminders
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.models import Challenge, Comment

__all__ = ["exports", "reminders"]


@provides_waiting
def drafts_and_completions(user: User) -> Iterator[Waiting]:
    """Tell contact persons of drafts to finish and texts to complete."""
    if not user.ties.contact:
        return
    moment = clock.now()
    open_drafts = models.Q(
        status=Status.DRAFT,
        round__published_at__lte=moment,
        round__call_opens_at__lte=moment,
        round__call_closes_at__gt=moment,
    )
    asked = models.Q(status=Status.NEEDS_COMPLETION)
    for challenge in Challenge.objects.of_contact(user).filter(open_drafts | asked):
        is_draft = challenge.status == Status.DRAFT
        text = _("Finish the draft “%(title)s”") if is_draft else _("Complete “%(title)s”")
        yield Waiting(
            text % {"title": challenge},
            reverse("challenge-edit", args=[challenge.pk, "contact"])
            if is_draft
            else reverse("challenge", args=[challenge.pk]),
            challenge.round.call_closes_at if is_draft else challenge.completion_due_at,
            challenge.organisation.shown_name,
        )


@provides_waiting
def new_to_read(user: User) -> Iterator[Waiting]:
    """Tell coordinators how many challenges of an open call they have not reacted to."""
    if not user.ties.coordinator:
        return
    new = (
        Challenge.objects.filter(
            round__partnership__coordinator__in=user.ties.coordinator,
            round__call_closes_at__gt=clock.now(),
            status=Status.SUBMITTED,
        )
        .exclude(comments__author=user)
        .exclude(assessments__assessor=user)
        .order_by()
    )
    rounds = new.values_list("round__slug", "round__number", "round__year").annotate(
        count=models.Count("pk")
    )
    for slug, number, year, count in rounds:
        text = ngettext(
            "Read %(count)d new challenge of round %(code)s",
            "Read %(count)d new challenges of round %(code)s",
            count,
        )
        yield Waiting(
            text % {"count": count, "code": f"{number}/{year}"},
            f"{reverse('round-challenges', args=[slug])}?status={Status.SUBMITTED}",
        )


@provides_waiting
def comments_to_answer(user: User) -> Iterator[Waiting]:
    """Tell coordinators of challenges where the association has had the last word."""
    if not user.ties.coordinator:
        return
    said = Comment.objects.filter(
        challenge=models.OuterRef("pk"), visibility=Visibility.ASSOCIATION
    ).order_by("-created_at", "-pk")
    of_giver = Membership.objects.filter(
        user=models.OuterRef("last_author"), organisation=models.OuterRef("organisation")
    )
    challenges = (
        Challenge.objects.filter(
            round__partnership__coordinator__in=user.ties.coordinator,
            status__in=(Status.SUBMITTED, Status.NEEDS_COMPLETION, Status.PROPOSED),
        )
        .annotate(last_author=models.Subquery(said.values("author")[:1]))
        .filter(models.Exists(of_giver))
        .values_list("pk", "title", "organisation__name")
    )
    for pk, title, organisation in challenges:
        yield Waiting(
            _("Answer the comment on “%(title)s”") % {"title": title},
            f"{reverse('challenge', args=[pk])}#comments",
            detail=organisation,
        )
