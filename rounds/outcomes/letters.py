"""The letter that asks what became of an outcome."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from minno_portal import dates
from minno_portal.outbox.services import Kind, Placeholder, absolute_url, letter_kind
from minno_portal.outbox.telling import Content
from rounds.challenges.models import Challenge

FOLLOW_UP = letter_kind(
    Kind(
        "follow-up",
        label=_("What became of the outcome?"),
        reader=_("the contact people of challenges that had a project, one letter a person"),
        occasion=_("three, six and twelve months after the MINNO-fest"),
        placeholders=(
            Placeholder("code", _("the round, for example 2/2027")),
            Placeholder("fest_day", _("the day of the MINNO-fest")),
            Placeholder("lines", _("the challenges with links"), is_required=True),
        ),
        in_daytime=True,
    )
)


def follow_up(challenges: Sequence[Challenge]) -> Content:
    """Return the questions about the outcomes of one person's challenges in a round."""
    round_ = challenges[0].round
    return Content(
        values=lambda to: {
            "code": round_.code,
            "fest_day": dates.day(round_.fest_on),
            "lines": "\n".join(
                f"- {each.title}\n  {absolute_url('challenge', each.pk, language=to.language)}"
                for each in challenges
            ),
        },
        sender=round_.sender,
        about=challenges[0],
    )
