"""Telling the other side of comments: one letter for what is said in a quarter of an hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import F, Max

from minno_portal import clock, dates
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import Recipient
from minno_portal.outbox.telling import Content, Due, tell
from organisations.membership.enums import Role
from rounds.challenges.enums import Side
from rounds.challenges.letters import (
    ASSOCIATION_COMMENT,
    COMMENT,
    about,
    coordinator_of,
    recipients_of,
)
from rounds.challenges.models import Comment

# So long a comment waits for others: people write three in a row.
PAUSE = dt.timedelta(minutes=15)
# After so long a comment is no news: whoever cares has read it on the page.
NEWS = dt.timedelta(days=14)


@reminder("comments")
def tell_comments() -> int:
    """Queue one letter a reader for the comments of one challenge; return how many letters."""
    moment = clock.now()
    news = Comment.objects.exclude(told_to="").filter(created_at__gt=moment - NEWS, told_at=None)
    ripe = news.filter(created_at__lte=moment - PAUSE)
    if not ripe.exists():
        return 0
    comments = list(
        news.select_related(
            "author",
            "challenge__organisation",
            "challenge__created_by",
            "challenge__round__partnership__coordinator",
            "challenge__round__partnership__institution",
        ).order_by("created_at", "pk")
    )
    answered = _last_said_by(comments)
    queued = sum(
        tell(kind, _dues(comments, side, answered), write)
        for kind, side, write in (
            (COMMENT, Side.ASSOCIATION, _to_association),
            (ASSOCIATION_COMMENT, Side.COORDINATOR, _to_coordinator),
        )
    )
    ripe.update(told_at=moment)
    return queued


Answered = dict[tuple[int, str], dt.datetime]


def _last_said_by(comments: Iterable[Comment]) -> Answered:
    """Return when each reader has last said something on a challenge, by its id and address.

    What one of the coordinator's people says, the coordinator's shared address has said.
    """
    said = (
        Comment.objects.filter(challenge__in={comment.challenge_id for comment in comments})
        .exclude(author=None)
        .order_by()
        .annotate(last=Max("created_at"))
    )
    people = said.values_list("challenge_id", "author__email", "last")
    coordinator = said.filter(
        author__memberships__role=Role.COORDINATOR,
        author__memberships__organisation=F("challenge__round__partnership__coordinator"),
    ).values_list("challenge_id", "challenge__round__partnership__reply_to", "last")
    found: Answered = {}
    for challenge_id, email, last in (*people, *coordinator):
        key = (challenge_id, email)
        found[key] = max(last, found.get(key, last))
    return found


def _dues(comments: Sequence[Comment], side: str, answered: Answered) -> Iterator[Due[Comment]]:
    mine = [comment for comment in comments if comment.told_to == side]
    readers = _readers(mine, side)
    for comment in mine:
        for to in readers[comment.challenge_id]:
            # Who has answered since has seen it.
            last = answered.get((comment.challenge_id, to.email))
            if last is None or last < comment.created_at:
                yield Due(
                    key=f"comment:{comment.pk}:{to.email}",
                    to=to,
                    at=comment.created_at + PAUSE,
                    expires_at=comment.created_at + NEWS,
                    thing=comment,
                    group=comment.challenge_id,
                    thread=comment.challenge.round.slug,
                )


def _readers(comments: Iterable[Comment], side: str) -> dict[int, list[Recipient]]:
    challenges = {comment.challenge_id: comment.challenge for comment in comments}
    if side == Side.ASSOCIATION:
        return recipients_of(challenges.values())
    return {pk: [coordinator_of(each.round)] for pk, each in challenges.items()}


def _to_association(comments: Sequence[Comment]) -> Content:
    challenge = comments[0].challenge
    return Content(
        values=lambda to: {**about(challenge, to), "comments": said(comments)},
        sender=challenge.round.sender,
        about=challenge,
    )


def _to_coordinator(comments: Sequence[Comment]) -> Content:
    challenge = comments[0].challenge
    return Content(
        values=lambda to: {**about(challenge, to), "comments": said(comments)},
        sender=challenge.round.sender.answered_at(""),
        about=challenge,
    )


def said(comments: Iterable[Comment]) -> str:
    """Return the comments with their writers and times, as letters repeat them."""
    return "\n\n".join(
        f"{comment.author or ''}, {dates.moment(comment.created_at)}:\n{comment.body}".lstrip(", ")
        for comment in comments
    )
