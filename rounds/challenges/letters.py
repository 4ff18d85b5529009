"""The letters about one challenge: to whom, in which language, with what key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minno_portal import dates
from minno_portal.outbox.addresses import site_address
from minno_portal.outbox.services import (
    Addressee,
    Kind,
    Placeholder,
    Recipient,
    absolute_url,
    letter_kind,
    queue_letter,
)
from organisations.people.models import User
from rounds.challenges.helping.models import CompletionPoint
from rounds.challenges.models import Challenge, Comment, Revision
from rounds.planning.models import Round

# What every letter about a challenge may name.
ABOUT = (
    Placeholder("title", gettext_lazy("the challenge’s title")),
    Placeholder("reference", gettext_lazy("the reference number")),
    Placeholder("organisation", gettext_lazy("the association")),
    Placeholder("code", gettext_lazy("the round, for example 2/2027")),
    Placeholder("institution", gettext_lazy("the educational institution")),
    Placeholder("coordinator", gettext_lazy("the coordinator")),
    Placeholder("url", gettext_lazy("link to the challenge’s page"), is_required=True),
)
TO_ASSOCIATION = gettext_lazy("the challenge’s contact person and deputy")
TO_COORDINATOR = gettext_lazy("the coordinator’s address for replies")
_DEADLINE = Placeholder("deadline", gettext_lazy("the deadline"), is_required=True)

_RECEIPT = (
    *ABOUT,
    Placeholder("receipt_url", gettext_lazy("link to the receipt"), is_required=True),
    Placeholder("decisions_day", gettext_lazy("the day by which decisions are told")),
    Placeholder("kickoff_day", gettext_lazy("the day of the kick-off")),
)
RECEIPT = letter_kind(
    Kind(
        "receipt",
        label=gettext_lazy("Receipt of a challenge"),
        reader=TO_ASSOCIATION,
        occasion=gettext_lazy("at once, when the challenge is submitted"),
        placeholders=_RECEIPT,
    )
)
COMPLETION_RECEIPT = letter_kind(
    Kind(
        "completion-receipt",
        label=gettext_lazy("Receipt of a completed challenge"),
        reader=TO_ASSOCIATION,
        occasion=gettext_lazy("at once, when the challenge is submitted again"),
        placeholders=_RECEIPT,
    )
)
NEEDS_COMPLETION = letter_kind(
    Kind(
        "needs-completion",
        label=gettext_lazy("Please complete the challenge"),
        reader=TO_ASSOCIATION,
        occasion=gettext_lazy("at once, when the coordinator asks for a completion"),
        placeholders=(
            *ABOUT,
            Placeholder("message", gettext_lazy("what the coordinator wrote"), is_required=True),
            Placeholder("points", gettext_lazy("the points to complete"), is_required=True),
            _DEADLINE,
        ),
    )
)
_COMMENT = (*ABOUT, Placeholder("comment", gettext_lazy("the comment"), is_required=True))
COMMENT = letter_kind(
    Kind(
        "comment",
        label=gettext_lazy("A comment on the association’s challenge"),
        reader=TO_ASSOCIATION,
        occasion=gettext_lazy("when one of the two parties comments so that the association sees"),
        placeholders=_COMMENT,
    )
)
ASSOCIATION_COMMENT = letter_kind(
    Kind(
        "association-comment",
        label=gettext_lazy("The association has commented"),
        reader=TO_COORDINATOR,
        occasion=gettext_lazy("when the association comments on its challenge"),
        placeholders=_COMMENT,
        is_editable=False,
    )
)
_ACTOR = Placeholder("actor", gettext_lazy("who changed it"))
CONTACT_NEW = letter_kind(
    Kind(
        "contact-new",
        label=gettext_lazy("You are now told of the challenge"),
        reader=gettext_lazy("whoever gets the challenge’s letters from now on"),
        occasion=gettext_lazy("at once, when the challenge’s contact people are changed"),
        placeholders=(*ABOUT, _ACTOR),
    )
)
CONTACT_OLD = letter_kind(
    Kind(
        "contact-old",
        label=gettext_lazy("You are no longer told of the challenge"),
        reader=gettext_lazy("whoever got the challenge’s letters until now"),
        occasion=gettext_lazy("at once, when the challenge’s contact people are changed"),
        placeholders=(
            *(each for each in ABOUT if each.name != "url"),
            _ACTOR,
            Placeholder("name", gettext_lazy("the present contact person")),
        ),
    )
)
DRAFT_REMINDER = letter_kind(
    Kind(
        "draft-reminder",
        label=gettext_lazy("The draft waits, the call closes"),
        reader=gettext_lazy("the draft’s contact people, or whoever began it"),
        occasion=gettext_lazy("a week and a day before the call closes"),
        placeholders=(*ABOUT, _DEADLINE),
    )
)
LATE_DRAFT_REMINDER = letter_kind(
    Kind(
        "late-draft-reminder",
        label=gettext_lazy("The draft waits, the own deadline comes"),
        reader=gettext_lazy("the draft’s contact people, or whoever began it"),
        occasion=gettext_lazy("a week and a day before the association’s own later deadline"),
        placeholders=(*ABOUT, _DEADLINE),
    )
)


def about(challenge: Challenge, to: Addressee) -> dict[str, str]:
    """Return what fills the placeholders of `ABOUT`; called in the recipient's language."""
    partnership = challenge.round.partnership
    return {
        "title": str(challenge),
        "reference": challenge.reference or "",
        "organisation": challenge.organisation.shown_name,
        "code": challenge.round.code,
        "institution": partnership.institution.shown_name,
        "coordinator": partnership.coordinator.shown_name,
        "url": absolute_url("challenge", challenge.pk, language=to.language),
    }


def queue_receipt(challenge: Challenge, revision: Revision) -> None:
    """Tell the contact person and the deputy that a version has arrived."""
    for to in recipients(challenge):
        queue_letter(
            COMPLETION_RECEIPT if revision.number > 1 else RECEIPT,
            key=f"receipt:{challenge.pk}:{revision.number}:{to.email}",
            to=to,
            values=lambda to: {**about(challenge, to), **receipt_values(challenge)},
            sender=challenge.round.sender,
            about=challenge,
        )


def receipt_values(challenge: Challenge) -> dict[str, str]:
    """Return what a receipt tells beside the challenge, in the present language."""
    round_ = challenge.round
    return {
        "receipt_url": site_address("challenge-receipt", challenge.pk),
        "decisions_day": dates.weekday_day(round_.decisions_on),
        "kickoff_day": dates.weekday_day(round_.kickoff_on),
    }


def queue_needs_completion(
    challenge: Challenge, comment: Comment | None, points: Sequence[CompletionPoint]
) -> None:
    """Tell the association what to complete and by when: in a comment, point by point, or both."""
    # Without a comment the letter is known by its last point and the date: asked again for the
    # same by another day is another letter.
    by_points = f"point-{max((each.pk for each in points), default=0)}"
    due_at = challenge.completion_due_at
    asked = f"comment-{comment.pk}" if comment else f"{by_points}-{due_at}"
    for to in recipients(challenge):
        queue_letter(
            NEEDS_COMPLETION,
            key=f"needs-completion:{challenge.pk}:{asked}:{to.email}",
            to=to,
            values=lambda to: {
                **about(challenge, to),
                "message": comment.body if comment else "",
                "points": ticked_off([each.text for each in points]),
                "deadline": dates.deadline(due_at) if due_at else "",
            },
            sender=challenge.round.sender,
            about=challenge,
        )


def ticked_off(points: Sequence[str]) -> str:
    """Return the points to complete, a line each, and how to tick them off; empty for none."""
    if not points:
        return ""
    lines = "\n".join(f"- {point}" for point in points)
    how = _("You can tick the points off on the page of the challenge as you go.")
    return f"{lines}\n\n{how}"


def queue_comment(challenge: Challenge, comment: Comment, *, from_association: bool) -> None:
    """Tell the other side of a comment that both sides see."""
    sender = challenge.round.sender
    people = [coordinator_of(challenge.round)] if from_association else recipients(challenge)
    for to in people:
        queue_letter(
            ASSOCIATION_COMMENT if from_association else COMMENT,
            key=f"comment:{comment.pk}:{to.email}",
            to=to,
            values=lambda to: {**about(challenge, to), "comment": comment.body},
            sender=sender.answered_at("") if from_association else sender,
            about=challenge,
        )


def queue_contact_changed(challenge: Challenge, before: Iterable[Recipient], actor: User) -> None:
    """Tell whoever gets the letters from now on, and whoever got them until now."""
    old, new = ({to.email: to for to in people} for people in (before, recipients(challenge)))
    for email in old.keys() ^ new.keys():
        queue_letter(
            CONTACT_NEW if email in new else CONTACT_OLD,
            key=f"contact-changed:{challenge.pk}:{challenge.version}:{email}",
            to=new.get(email) or old[email],
            values=lambda to: {
                **about(challenge, to),
                "actor": actor,
                "name": challenge.contact_name,
            },
            sender=challenge.round.sender,
            about=challenge,
        )


def queue_draft_reminder(challenge: Challenge, rule: str, closes_at: dt.datetime) -> bool:
    """Remind of a draft whose call closes soon; worth nothing after the deadline.

    A deadline of the association's own, later than the call's, has reminders of its own.

    :returns: whether the letter was queued now (and not earlier).
    """
    queued = False
    is_late = closes_at > challenge.round.call_closes_at
    which = f"{rule}-{closes_at:%Y%m%d%H%M}" if is_late else rule
    for to in recipients(challenge):
        queued |= queue_letter(
            LATE_DRAFT_REMINDER if is_late else DRAFT_REMINDER,
            key=f"draft-reminder:{challenge.pk}:{which}:{to.email}",
            to=to,
            values=lambda to: {**about(challenge, to), "deadline": dates.deadline(closes_at)},
            sender=challenge.round.sender,
            about=challenge,
            expires_at=closes_at,
        )
    return queued


def coordinator_of(round_: Round) -> Recipient:
    """Return the coordinator's shared address, in the organisation's language."""
    partnership = round_.partnership
    coordinator = partnership.coordinator
    return Recipient(partnership.reply_to, coordinator.language, coordinator.shown_name)


def recipients(challenge: Challenge) -> Iterator[Recipient]:
    """Yield the contact person and the deputy, each address once, in the language each reads.

    Someone who has signed in gets the language they chose, others the language of the text. A
    draft without a contact address goes to the person who began it.
    """
    named = addressees(challenge)
    known = dict(User.objects.filter(email__in=named).values_list("email", "language"))
    for email, name in named.items():
        yield Recipient(email, known.get(email, challenge.language), name)


def addressees(challenge: Challenge) -> dict[str, str]:
    """Return to whom letters about a challenge go: names by address."""
    named = {
        challenge.contact_email.lower(): challenge.contact_name,
        challenge.deputy_email.lower(): challenge.deputy_name,
    }
    named.pop("", None)
    if not named and challenge.created_by:
        named = {challenge.created_by.email: challenge.created_by.name}
    return named
