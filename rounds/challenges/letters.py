"""The letters about one challenge: to whom, in which language, with what key."""

from __future__ import annotations

from collections.abc import Iterator

from minno_portal.outbox.services import Recipient, absolute_url, queue_letter
from organisations.people.models import User
from rounds.challenges.models import Challenge, Comment, Revision


def queue_receipt(challenge: Challenge, revision: Revision) -> None:
    """Tell the contact person and the deputy that a version has arrived."""
    for to in recipients(challenge):
        queue_letter(
            "receipt",
            key=f"receipt:{challenge.pk}:{revision.number}:{to.email}",
            to=to,
            context=_context(challenge, to) | {"is_completion": revision.number > 1},
            about=challenge,
            thread=challenge.round.slug,
            reply_to=challenge.round.partnership.reply_to,
        )


def queue_needs_completion(challenge: Challenge, comment: Comment) -> None:
    """Tell the association what to complete and by when."""
    for to in recipients(challenge):
        queue_letter(
            "needs-completion",
            key=f"needs-completion:{comment.pk}:{to.email}",
            to=to,
            context=_context(challenge, to) | {"comment": comment},
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


def queue_draft_reminder(challenge: Challenge, rule: str) -> bool:
    """Remind of a draft whose call closes soon; worth nothing after the deadline.

    :returns: whether the letter was queued now (and not earlier).
    """
    queued = False
    for to in recipients(challenge):
        queued |= queue_letter(
            "draft-reminder",
            key=f"draft-reminder:{challenge.pk}:{rule}:{to.email}",
            to=to,
            context=_context(challenge, to),
            about=challenge,
            thread=challenge.round.slug,
            reply_to=challenge.round.partnership.reply_to,
            expires_at=challenge.round.call_closes_at,
        )
    return queued


def recipients(challenge: Challenge) -> Iterator[Recipient]:
    """Yield the contact person and the deputy, each address once, in the language each reads.

    Someone who has signed in gets the language they chose, others the language of the text. A
    draft without a contact address goes to the person who began it.
    """
    named = {
        challenge.contact_email.lower(): challenge.contact_name,
        challenge.deputy_email.lower(): challenge.deputy_name,
    }
    named.pop("", None)
    if not named and challenge.created_by:
        named = {challenge.created_by.email: challenge.created_by.name}
    known = dict(User.objects.filter(email__in=named).values_list("email", "language"))
    for email, name in named.items():
        yield Recipient(email, known.get(email, challenge.language), name)


def _context(challenge: Challenge, to: Recipient) -> dict[str, object]:
    return {
        "challenge": challenge,
        "round": challenge.round,
        "partnership": challenge.round.partnership,
        "url": absolute_url("challenge", challenge.pk, language=to.language),
    }
