"""The letters to assessors: when they are asked, and what they still have left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minno_portal import clock, dates
from minno_portal.outbox.services import (
    Addressee,
    Kind,
    Placeholder,
    Recipient,
    absolute_url,
    letter_kind,
    queue_letter,
)
from minno_portal.outbox.telling import Content
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.wording import challenges

_CHALLENGES = Placeholder("challenges", gettext_lazy("how many challenges"))
REQUEST = letter_kind(
    Kind(
        "assess-request",
        label=gettext_lazy("Please assess challenges"),
        reader=gettext_lazy("whoever is asked to assess"),
        occasion=gettext_lazy("at once, when one of the two parties asks a person to assess"),
        placeholders=(
            Placeholder("code", gettext_lazy("the round, for example 2/2027")),
            Placeholder("coordinator", gettext_lazy("the coordinator")),
            _CHALLENGES,
            Placeholder("lines", gettext_lazy("the challenges, a line each"), is_required=True),
            Placeholder("by_when", gettext_lazy("by when to assess")),
            Placeholder("url", gettext_lazy("link to the first of them"), is_required=True),
        ),
    )
)
REMINDER = letter_kind(
    Kind(
        "assess-reminder",
        label=gettext_lazy("Challenges still wait for an assessment"),
        reader=gettext_lazy("whoever has something left to assess, one letter for all rounds"),
        occasion=gettext_lazy("three days and a day before the packet goes to the institution"),
        placeholders=(
            _CHALLENGES,
            Placeholder("day", gettext_lazy("the day by which they are needed")),
            Placeholder("lines", gettext_lazy("the rounds with links"), is_required=True),
        ),
        in_daytime=True,
    )
)


def queue_request(person: User, round_: Round, asked: Sequence[Challenge], *, key: int) -> bool:
    """Tell one person that they have been asked to assess, in one letter for all challenges.

    :param key: the id of the first of the assignments the letter tells of.
    """
    return queue_letter(
        REQUEST,
        key=f"assess-request:{key}:{person.pk}",
        to=Recipient.of(person),
        values=lambda to: {
            "code": round_.code,
            "coordinator": round_.partnership.coordinator.shown_name,
            "challenges": challenges(len(asked)),
            "lines": "\n".join(challenge_line(challenge) for challenge in asked),
            "by_when": by_when(round_),
            "url": absolute_url("assess-next", round_.slug, language=to.language),
        },
        sender=round_.sender,
        about=round_,
    )


def challenge_line(challenge: Challenge) -> str:
    """Return one challenge of the request."""
    of = challenge.organisation.shown_name
    return f"- {challenge.reference} {challenge.title} ({of})"


def by_when(round_: Round) -> str:
    """Return the sentence with the day; empty when it has passed."""
    if round_.packet_on < clock.today():
        return ""
    return _("Please assess by %(day)s: then the packet goes to the institution.") % {
        "day": dates.weekday_day(round_.packet_on)
    }


@dataclass(frozen=True, slots=True)
class Left:
    """How much of one round one person has left to assess, and to look at again."""

    round: Round
    new: int
    changed: int = 0


def assess_reminder(left: Sequence[Left]) -> Content:
    """Return the reminder of everything one person has left, in one letter for all rounds.

    :param left: the rounds, the soonest first.
    """
    first = left[0].round
    return Content(
        values=lambda to: {
            "challenges": challenges(sum(each.new + each.changed for each in left)),
            "day": dates.weekday_day(first.packet_on),
            "lines": "\n".join(left_lines(each, to) for each in left),
        },
        sender=first.sender,
        about=first,
    )


def left_lines(left: Left, to: Addressee) -> str:
    """Return one round of the reminder: what is new, what has changed, the link below."""
    facts = {"code": left.round.code, "day": dates.weekday_day(left.round.packet_on)}
    lines = []
    if left.new:
        lines.append(
            _("Round %(code)s: %(challenges)s, by %(day)s")
            % {**facts, "challenges": challenges(left.new)}
        )
    if left.changed:
        lines.append(
            ngettext(
                "Round %(code)s: one challenge has changed since you assessed it, "
                "look again by %(day)s",
                "Round %(code)s: %(counter)s challenges have changed since you assessed them, "
                "look again by %(day)s",
                left.changed,
            )
            % {**facts, "counter": left.changed}
        )
    url = absolute_url("assess-next", left.round.slug, language=to.language)
    return "\n".join([*(f"- {line}" for line in lines), f"  {url}"])
