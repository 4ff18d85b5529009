"""The letters about one challenge: to whom, in which language, with what key."""

from __future__ import annotations

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
_COMMENT = (
    *ABOUT,
    Placeholder("comments", gettext_lazy("the comments with their writers"), is_required=True),
)
COMMENT = letter_kind(
    Kind(
        "comment",
        label=gettext_lazy("A comment on the association’s challenge"),
        reader=TO_ASSOCIATION,
        occasion=gettext_lazy(
            "a quarter of an hour after one of the two parties has commented so that the "
            "association sees, with whatever else has been said by then"
        ),
        placeholders=_COMMENT,
    )
)
ASSOCIATION_COMMENT = letter_kind(
    Kind(
        "association-comment",
        label=gettext_lazy("The association has commented"),
        reader=TO_COORDINATOR,
        occasion=gettext_lazy(
            "a quarter of an hour after the association has commented, "
            "with whatever else it has said by then"
        ),
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
_DRAFT = (
    Placeholder("code", gettext_lazy("the round, for example 2/2027")),
    _DEADLINE,
    Placeholder("lines", gettext_lazy("the drafts with links"), is_required=True),
)
_OF_DRAFT = gettext_lazy("the draft’s contact people, or whoever began it: one letter for all")
DRAFT_REMINDER = letter_kind(
    Kind(
        "draft-reminder",
        label=gettext_lazy("The draft waits, the call closes"),
        reader=_OF_DRAFT,
        occasion=gettext_lazy("a week and a day before the call closes"),
        placeholders=_DRAFT,
        in_daytime=True,
    )
)
LATE_DRAFT_REMINDER = letter_kind(
    Kind(
        "late-draft-reminder",
        label=gettext_lazy("The draft waits, the own deadline comes"),
        reader=_OF_DRAFT,
        occasion=gettext_lazy("a week and a day before the association’s own later deadline"),
        placeholders=_DRAFT,
        in_daytime=True,
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
    yield from recipients_of([challenge])[challenge.pk]


def recipients_of(challenges: Iterable[Challenge]) -> dict[int, list[Recipient]]:
    """Return who is written to of each challenge, by its id (one query at any number)."""
    of = {each: addressees(each) for each in challenges}
    named = {email for people in of.values() for email in people}
    rows = User.objects.filter(email__in=named).values_list("email", "language") if named else ()
    known = dict(rows)
    return {
        each.pk: [
            Recipient(email, known.get(email, each.language), name)
            for email, name in people.items()
        ]
        for each, people in of.items()
    }


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
