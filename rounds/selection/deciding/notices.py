"""Letters around taking part: the reminder, and what the coordinator needs to hear."""

from __future__ import annotations

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
from rounds.selection.due import end_of

_DAY = Placeholder("day", _("the day by which to confirm"), is_required=True)
PARTICIPATION_REMINDER = letter_kind(
    Kind(
        "participation-reminder",
        label=_("Do you take part?"),
        reader=TO_ASSOCIATION,
        occasion=_("two days before the day by which a chosen association confirms"),
        placeholders=(*ABOUT, _DAY, Placeholder("kickoff", _("when the kick-off is"))),
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
            *ABOUT,
            _DAY,
            Placeholder("name", _("the contact person’s name")),
            Placeholder("phone", _("the contact person’s telephone")),
            Placeholder("email", _("the contact person’s e-mail address")),
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


def queue_participation_reminder(asked: Participation) -> int:
    """Remind an association to say that it takes part; returns how many letters were new."""
    challenge = asked.challenge
    return sum(
        queue_letter(
            PARTICIPATION_REMINDER,
            key=f"participation-reminder:{asked.pk}:{asked.confirm_by:%Y%m%d}:{to.email}",
            to=to,
            values=lambda to: {
                **about(challenge, to),
                "day": dates.weekday_day(asked.confirm_by),
                "kickoff": kickoff_line(challenge.round),
            },
            sender=challenge.round.sender,
            about=challenge,
            expires_at=end_of(asked.confirm_by),
        )
        for to in recipients(challenge)
    )


def queue_participation_missing(asked: Participation) -> bool:
    """Tell the coordinator that an association has not said by the date that it takes part."""
    challenge = asked.challenge
    return queue_letter(
        PARTICIPATION_MISSING,
        key=f"participation-missing:{asked.pk}:{asked.confirm_by:%Y%m%d}",
        to=coordinator_of(challenge.round),
        values=lambda to: {
            **about(challenge, to),
            "day": dates.weekday_day(asked.confirm_by),
            "name": challenge.contact_name,
            "phone": challenge.contact_phone,
            "email": challenge.contact_email,
        },
        sender=challenge.round.sender.answered_at(""),
        about=challenge,
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
