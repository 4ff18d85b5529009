"""The letter that asks for feedback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minno_portal import clock, dates
from minno_portal.outbox.services import (
    Addressee,
    Kind,
    Placeholder,
    Recipient,
    Rendered,
    absolute_url,
    letter_kind,
    preview_letter,
    queue_letter,
)
from minno_portal.outbox.telling import Content
from rounds.feedback.enums import Respondent
from rounds.feedback.models import FeedbackInvitation
from rounds.feedback.parties import Asked
from rounds.feedback.tokens import new_token, token_hash
from rounds.planning.models import Round

# What stands in a preview where the letter has the personal link.
HIDDEN = "****"

REQUEST = letter_kind(
    Kind(
        "feedback-request",
        label=gettext_lazy("Please give feedback"),
        reader=gettext_lazy("everybody who took part: associations, teams, tutors, coordinators"),
        occasion=gettext_lazy("when the coordinator asks for feedback, after the round"),
        placeholders=(
            Placeholder("code", gettext_lazy("the round, for example 2/2027")),
            Placeholder("why_you", gettext_lazy("why this person is asked")),
            Placeholder("link", gettext_lazy("the personal link"), is_required=True),
            Placeholder("day", gettext_lazy("the last day for answers")),
        ),
    )
)
REMINDER = letter_kind(
    Kind(
        "feedback-reminder",
        label=gettext_lazy("Your feedback is still missing"),
        reader=gettext_lazy("whoever was asked for feedback and has not answered"),
        occasion=gettext_lazy("once, five days before the last day for answers"),
        placeholders=(
            Placeholder("code", gettext_lazy("the round, for example 2/2027")),
            Placeholder("lines", gettext_lazy("the personal links"), is_required=True),
            Placeholder("day", gettext_lazy("the last day for answers")),
        ),
        in_daytime=True,
    )
)


def closes_at(round_: Round) -> dt.datetime:
    """Return the moment after which answers are not taken: the feedback day's end in Helsinki."""
    return clock.helsinki(round_.feedback_on + dt.timedelta(days=1), 0)


def send_feedback_request(
    round_: Round, invitation: FeedbackInvitation, person: Asked, *, token: str
) -> bool:
    """Queue the personal link to one person.

    The letter is about the round, never about the invitation, and its text is emptied once sent:
    the link stays with the recipient alone.
    """
    language = invitation.language
    return queue_letter(
        REQUEST,
        key=f"feedback-request:{invitation.pk}",
        to=Recipient(email=invitation.email, language=language, name=person.name),
        values=lambda to: request_values(round_, person, to, token=token),
        sender=round_.sender,
        about=round_,
        expires_at=closes_at(round_),
        is_secret=True,
    )


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A request without an answer, and whom it was sent to."""

    round: Round
    invitation: FeedbackInvitation
    person: Asked


def feedback_reminder(unanswered: Sequence[Unanswered]) -> Content:
    """Return one person's reminder of all their roles, each with a new personal link."""
    round_ = unanswered[0].round
    links = [(each.person, _new_link(each.invitation)) for each in unanswered]
    return Content(
        values=lambda to: reminder_values(round_, links, to),
        sender=round_.sender,
        about=round_,
        is_secret=True,
    )


def reminder_values(
    round_: Round, links: Iterable[tuple[Asked, str]], to: Addressee
) -> dict[str, str]:
    """Return what fills the reminder, in the present language.

    :param links: each role of the person with the token of its link.
    """
    return {
        "greeting": _("Hello,"),
        "code": round_.code,
        "lines": "\n".join(_link_line(person, token, to) for person, token in links),
        "day": dates.weekday_day(round_.feedback_on),
    }


def _new_link(invitation: FeedbackInvitation) -> str:
    """Give the invitation a second link: of the first only a hash is left, and it still works."""
    token = new_token()
    hashed = token_hash(token)
    FeedbackInvitation.objects.filter(pk=invitation.pk).update(reminder_hash=hashed)
    return token


def _link_line(person: Asked, token: str, to: Addressee) -> str:
    as_whom = person.because if person.role != Respondent.COORDINATOR else person.role_label
    return f"- {as_whom}:\n  {absolute_url('feedback', token, language=to.language)}"


@dataclass(frozen=True, slots=True)
class Preview:
    """The request as it would go to the first person of one language."""

    language: str
    letter: Rendered


def preview_feedback_requests(round_: Round, people: Iterable[Asked]) -> list[Preview]:
    """Return one letter a language, the personal link replaced by stars."""
    first: dict[str, Asked] = {}
    for person in people:
        first.setdefault(person.language, person)
    return [
        Preview(
            language,
            preview_letter(
                REQUEST,
                to=Recipient(email=person.email, language=language, name=person.name),
                values=partial(request_values, round_, person, token=HIDDEN),
                sender=round_.sender,
            ),
        )
        for language, person in first.items()
    ]


def request_values(round_: Round, person: Asked, to: Addressee, *, token: str) -> dict[str, str]:
    """Return what fills the request to one person, in the present language."""
    return {
        # Answers are kept apart from people: the letter does not greet by name.
        "greeting": _("Hello,"),
        "code": round_.code,
        "why_you": _why(round_, person),
        "link": absolute_url("feedback", token, language=to.language),
        "day": dates.weekday_day(round_.feedback_on),
    }


def _why(round_: Round, person: Asked) -> str:
    if person.role == Respondent.COORDINATOR:
        return _(
            "MINNO round %(code)s is coming to its end. Tell in a few words how it went for you."
        ) % {"code": round_.code}
    return _(
        "You took part in MINNO round %(code)s: %(because)s. "
        "Tell in a few words how it went for you."
    ) % {"code": round_.code, "because": person.because}
