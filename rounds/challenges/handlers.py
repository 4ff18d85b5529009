"""What this step registers: its reminders and what waits for people."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal import clock
from minno_portal.waiting import (
    Panel,
    Waiting,
    apart_from_rounds,
    provides_panel,
    provides_waiting,
)
from organisations.people.models import User
from organisations.register.past import tells_past
from rounds.challenges import (
    answer_counts,
    comment_letters,
    exports,
    for_campaigns,
    joining,
    reminders,
)
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.helping.history import of_challenge, of_helping
from rounds.challenges.helping.history.sources import tells_history
from rounds.challenges.helping.late import DEADLINE
from rounds.challenges.models import Challenge, Comment
from rounds.challenges.past import SubmittedChallenges
from rounds.challenges.table.columns import add_columns
from rounds.challenges.table.standard import COLUMNS
from rounds.challenges.timeline import next_step
from rounds.planning.mine import coordinated_rounds, may_have

__all__ = [
    "answer_counts",
    "comment_letters",
    "exports",
    "for_campaigns",
    "joining",
    "reminders",
]

MOST_ON_DESK = 5

tells_past(SubmittedChallenges())
add_columns(COLUMNS)
tells_history(of_challenge.COURSE, of_challenge.WRITING, *of_helping.SOURCES)


@provides_waiting
@apart_from_rounds
def drafts_and_completions(user: User) -> Iterator[Waiting]:
    """Tell contact persons of drafts to finish and texts to complete."""
    if not user.ties.writing:
        return
    moment = clock.now()
    open_drafts = models.Q(
        status=Status.DRAFT,
        round__published_at__lte=moment,
        round__call_opens_at__lte=moment,
        closes_at__gt=moment,
    )
    asked = models.Q(status=Status.NEEDS_COMPLETION)
    own = Challenge.objects.of_contact(user).annotate(closes_at=DEADLINE)
    for challenge in own.filter(open_drafts | asked):
        is_draft = challenge.status == Status.DRAFT
        text = _("Finish the draft “%(title)s”") if is_draft else _("Complete “%(title)s”")
        yield Waiting(
            text % {"title": challenge},
            reverse("challenge-edit", args=[challenge.pk, "contact"])
            if is_draft
            else reverse("challenge", args=[challenge.pk]),
            challenge.closes_at  # type: ignore[attr-defined]
            if is_draft
            else challenge.completion_due_at,
            challenge.organisation.shown_name,
        )


@provides_panel
def newest_own(user: User) -> Panel | None:
    """Show contact persons where their latest challenges stand."""
    if not user.ties.writing:
        return None
    own = Challenge.objects.of_contact(user).annotate(closes_at=DEADLINE)
    newest = own.order_by("-round__kickoff_on", "-pk")
    rows = [
        (challenge, next_step(challenge, challenge.round, clock.now()))
        for challenge in newest[:MOST_ON_DESK]
    ]
    return Panel("rounds/challenges/_desk.html", {"rows": rows}) if rows else None


@provides_waiting
def new_to_read(user: User) -> Iterator[Waiting]:
    """Tell coordinators how many challenges of an open call they have not reacted to."""
    rounds = {
        round_.pk: round_
        for round_ in coordinated_rounds(user)
        if round_.call_closes_at > clock.now() and may_have(round_, (Status.SUBMITTED,))
    }
    if not rounds:
        return
    said = models.FilteredRelation("comments", condition=models.Q(comments__author=user))
    read = models.FilteredRelation("assessments", condition=models.Q(assessments__assessor=user))
    new = (
        Challenge.objects.alias(said=said, read=read)
        .filter(round__in=rounds, status=Status.SUBMITTED, said=None, read=None)
        .order_by()
    )
    for pk, count in new.values_list("round").annotate(count=models.Count("pk")):
        round_ = rounds[pk]
        text = ngettext(
            "Read %(count)d new challenge of round %(code)s",
            "Read %(count)d new challenges of round %(code)s",
            count,
        )
        yield Waiting(
            text % {"count": count, "code": round_.code},
            f"{reverse('round-challenges', args=[round_.slug])}?status={Status.SUBMITTED}",
        )


@provides_waiting
@apart_from_rounds
def comments_to_answer(user: User) -> Iterator[Waiting]:
    """Tell coordinators of challenges where the association has had the last word."""
    rounds = [round_.pk for round_ in coordinated_rounds(user)]
    if not rounds:
        return
    said = Comment.objects.filter(
        challenge=models.OuterRef("pk"), visibility=Visibility.ASSOCIATION
    ).order_by("-created_at", "-pk")
    challenges = (
        Challenge.objects.filter(
            round__in=rounds,
            status__in=(Status.SUBMITTED, Status.NEEDS_COMPLETION, Status.PROPOSED),
            organisation__memberships__user=models.Subquery(said.values("author")[:1]),
        )
        .distinct()  # a person may have several roles in an organisation
        .values_list("pk", "title", "organisation__name")
    )
    for pk, title, organisation in challenges:
        yield Waiting(
            _("Answer the comment on “%(title)s”") % {"title": title},
            f"{reverse('challenge', args=[pk])}#comments",
            detail=organisation,
        )
