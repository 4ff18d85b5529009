"""The letters about one challenge: to whom, in which language, with what key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from minno_portal.outbox.services import Recipient, absolute_url, queue_letter
from organisations.people.models import User
from rounds.challenges.helping.models import CompletionPoint
from rounds.challenges.models import Challenge, Comment, Revision


def queue_receipt(challenge: Challenge, revision: Revision) -> None:
    """Tell the contact person and the deputy that a version has arrived."""
    for to in recipients(challenge):
        queue_letter(
            "receipt",
            key=f"receipt:{challenge.pk}:{revision.number}:{to.email}",
            to=to,
            context=_context(challenge, to)
            | {
                "is_completion": revision.number > 1,
                "receipt_url": absolute_url(
                    "challenge-receipt", challenge.pk, language=to.language
                ),
            },
            about=challenge,
            thread=challenge.round.slug,
            reply_to=challenge.round.partnership.reply_to,
        )


def queue_needs_completion(
    challenge: Challenge, comment: Comment | None, points: Sequence[CompletionPoint]
) -> None:
    """Tell the association what to complete and by when: in a comment, point by point, or both."""
    # Without a comment the letter is known by its last point and the date: asked again for the
    # same by another day is another letter.
    by_points = f"point-{max((each.pk for each in points), default=0)}"
    asked = f"comment-{comment.pk}" if comment else f"{by_points}-{challenge.completion_due_at}"
    for to in recipients(challenge):
        queue_letter(
            "needs-completion",
            key=f"needs-completion:{challenge.pk}:{asked}:{to.email}",
            to=to,
            context=_context(challenge, to) | {"comment": comment, "points": points},
            about=challenge,
            thread=challenge.round.slug,
            reply_to=challenge.round.partnership.reply_to,
        )


def queue_comment(challenge: Challenge, comment: Comment, *, from_association: bool) -> None:
    """Tell the other side of a comment that both sides see."""
    partnership = challenge.round.partnership
    if from_association:
        people = [
            Recipient(partnership.reply_to, partnership.coordinator.language, partnership.sign_off)
        ]
    else:
        people = list(recipients(challenge))
    for to in people:
        queue_letter(
            "comment",
            key=f"comment:{comment.pk}:{to.email}",
            to=to,
            context=_context(challenge, to)
            | {"comment": comment, "from_association": from_association},
            about=challenge,
            thread=challenge.round.slug,
            reply_to="" if from_association else partnership.reply_to,
        )


def queue_contact_changed(challenge: Challenge, before: Iterable[Recipient], actor: User) -> None:
    """Tell whoever gets the letters from now on, and whoever got them until now."""
    old, new = ({to.email: to for to in people} for people in (before, recipients(challenge)))
    for email in old.keys() ^ new.keys():
        to = new.get(email) or old[email]
        queue_letter(
            "contact-changed",
            key=f"contact-changed:{challenge.pk}:{challenge.version}:{email}",
            to=to,
            context=_context(challenge, to) | {"is_new": email in new, "actor": actor},
            about=challenge,
            thread=challenge.round.slug,
            reply_to=challenge.round.partnership.reply_to,
        )


def queue_draft_reminder(challenge: Challenge, rule: str, closes_at: dt.datetime) -> bool:
    """Remind of a draft whose call closes soon; worth nothing after the deadline.

    A deadline of the association's own, later than the call's, has reminders of its own.

    :returns: whether the letter was queued now (and not earlier).
    """
    queued = False
    is_late = closes_at > challenge.round.call_closes_at
    about = f"{rule}-{closes_at:%Y%m%d%H%M}" if is_late else rule
    for to in recipients(challenge):
        queued |= queue_letter(
            "draft-reminder",
            key=f"draft-reminder:{challenge.pk}:{about}:{to.email}",
            to=to,
            context=_context(challenge, to) | {"closes_at": closes_at, "is_late": is_late},
            about=challenge,
            thread=challenge.round.slug,
            reply_to=challenge.round.partnership.reply_to,
            expires_at=closes_at,
        )
    return queued


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


def _context(challenge: Challenge, to: Recipient) -> dict[str, object]:
    return {
        "challenge": challenge,
        "round": challenge.round,
        "partnership": challenge.round.partnership,
        "url": absolute_url("challenge", challenge.pk, language=to.language),
    }
