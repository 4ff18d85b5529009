"""Letters around taking part: the reminder, and what the coordinator needs to hear."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minno_portal import dates
from minno_portal.outbox.services import (
    Addressee,
    Kind,
    Placeholder,
    absolute_url,
    letter_kind,
    queue_letter,
)
from minno_portal.outbox.telling import Content
from rounds.challenges.letters import (
    ABOUT,
    TO_ASSOCIATION,
    TO_COORDINATOR,
    about,
    coordinator_of,
    recipients,
)
from rounds.challenges.models import Challenge
from rounds.selection.deciding.letters import kickoff_line
from rounds.selection.deciding.models import FeedbackWish, Participation
from rounds.selection.deciding.reserve import next_in_reserve

_WAITING = (
    Placeholder("code", _("the round, for example 2/2027")),
    Placeholder("day", _("the day by which to confirm"), is_required=True),
)
PARTICIPATION_REMINDER = letter_kind(
    Kind(
        "participation-reminder",
        label=_("Do you take part?"),
        reader=_("the challenge’s contact person and deputy, one letter for all challenges"),
        occasion=_("two days before the day by which a chosen association confirms"),
        placeholders=(
            *_WAITING,
            Placeholder("lines", _("the challenges with links"), is_required=True),
            Placeholder("kickoff", _("when the kick-off is")),
        ),
        in_daytime=True,
    )
)
PARTICIPATION_MISSING = letter_kind(
    Kind(
        "participation-missing",
        label=_("An association has not confirmed that it takes part"),
        reader=TO_COORDINATOR,
        occasion=_("on the day after the one by which it was to confirm"),
        placeholders=(
            *_WAITING,
            Placeholder("lines", _("the challenges with their contact people"), is_required=True),
        ),
        is_editable=False,
        in_daytime=True,
    )
)
PLACE_FREE = letter_kind(
    Kind(
        "place-free",
        label=_("A place is free"),
        reader=TO_COORDINATOR,
        occasion=_("at once, when a chosen challenge is withdrawn"),
        placeholders=(*ABOUT, Placeholder("following", _("what comes next in reserve"))),
        is_editable=False,
    )
)
_QUESTION = Placeholder("question", _("what the association asks"))
FEEDBACK_WISH = letter_kind(
    Kind(
        "feedback-wish",
        label=_("An association asks for feedback on its challenge"),
        reader=TO_COORDINATOR,
        occasion=_("at once, when it asks after being told a decision"),
        placeholders=(*ABOUT, _QUESTION),
        is_editable=False,
    )
)
FEEDBACK_ANSWER = letter_kind(
    Kind(
        "feedback-answer",
        label=_("Feedback on a challenge"),
        reader=TO_ASSOCIATION,
        occasion=_("at once, when the coordinator answers an association’s wish"),
        placeholders=(
            *ABOUT,
            _QUESTION,
            Placeholder("answer", _("the coordinator’s answer"), is_required=True),
        ),
    )
)


def participation_reminder(waiting: Sequence[Participation]) -> Content:
    """Return the reminder to say that one takes part, in one letter for all challenges."""
    first = waiting[0]
    round_ = first.challenge.round
    return Content(
        values=lambda to: {
            "code": round_.code,
            "day": dates.weekday_day(first.confirm_by),
            "lines": "\n".join(_chosen_line(each.challenge, to) for each in waiting),
            "kickoff": kickoff_line(round_),
        },
        sender=round_.sender,
        about=first.challenge,
    )


def participation_missing(waiting: Sequence[Participation]) -> Content:
    """Return the news that associations have not said by the date that they take part."""
    first = waiting[0]
    round_ = first.challenge.round
    return Content(
        values=lambda to: {
            "code": round_.code,
            "day": dates.weekday_day(first.confirm_by),
            "lines": "\n".join(_missing_line(each.challenge, to) for each in waiting),
        },
        sender=round_.sender.answered_at(""),
        about=first.challenge,
    )


def _chosen_line(challenge: Challenge, to: Addressee) -> str:
    return f"- {challenge.title}\n  {absolute_url('challenge', challenge.pk, language=to.language)}"


def _missing_line(challenge: Challenge, to: Addressee) -> str:
    contact = (challenge.contact_name, challenge.contact_phone, challenge.contact_email)
    return "\n  ".join(
        (
            f"- {challenge.title} ({challenge.organisation.shown_name})",
            ", ".join(part for part in contact if part),
            absolute_url("challenge", challenge.pk, language=to.language),
        )
    )


def queue_place_free(challenge: Challenge) -> bool:
    """Tell the coordinator that a chosen challenge was withdrawn, and which one comes next."""
    following = next_in_reserve(challenge.round)
    name, pk = ("decision-edit", following.pk) if following else ("challenge", challenge.pk)
    return queue_letter(
        PLACE_FREE,
        key=f"place-free:{challenge.pk}",
        to=coordinator_of(challenge.round),
        values=lambda to: {
            **about(challenge, to),
            "following": what_comes(following),
            "url": absolute_url(name, pk, language=to.language),
        },
        sender=challenge.round.sender.answered_at(""),
        about=challenge,
    )


def what_comes(following: Challenge | None) -> str:
    """Return what the coordinator can do about a free place."""
    if following is None:
        return gettext(
            "Nothing in reserve can take the place as it is: "
            "the institution has to agree to the challenge first."
        )
    return gettext(
        "Next in reserve is “%(title)s” (%(organisation)s). You can take it in with one press; "
        "the association is told when you tell the decision."
    ) % {"title": following.title, "organisation": following.organisation.shown_name}


def queue_feedback_wish(wish: FeedbackWish) -> bool:
    """Tell the coordinator that an association asks for feedback."""
    challenge = wish.challenge
    return queue_letter(
        FEEDBACK_WISH,
        key=f"feedback-wish:{wish.pk}",
        to=coordinator_of(challenge.round),
        values=lambda to: {
            **about(challenge, to),
            "question": asked_words(gettext("The association asks:"), wish.question),
            "url": absolute_url("feedback-answer", challenge.pk, language=to.language),
        },
        sender=challenge.round.sender.answered_at(""),
        about=challenge,
    )


def queue_feedback_answer(wish: FeedbackWish) -> None:
    """Send the coordinator's answer to contact person and deputy."""
    challenge = wish.challenge
    for to in recipients(challenge):
        queue_letter(
            FEEDBACK_ANSWER,
            key=f"feedback-answer:{wish.pk}:{to.email}",
            to=to,
            values=lambda to: _answer(wish, to),
            sender=challenge.round.sender,
            about=challenge,
        )


def _answer(wish: FeedbackWish, to: Addressee) -> dict[str, str]:
    question = asked_words(gettext("You asked:"), wish.question)
    return {**about(wish.challenge, to), "question": question, "answer": wish.answer}


def asked_words(introduction: str, question: str) -> str:
    """Return what the association asked, as a letter repeats it; empty for nothing."""
    return f"{introduction} {question}" if question else ""
