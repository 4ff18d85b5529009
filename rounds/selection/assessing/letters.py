"""The letters to assessors: when they are asked, and what they still have left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from minno_portal import clock
from minno_portal.outbox.services import Recipient, absolute_url, queue_letter
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round


def queue_request(
    person: User, round_: Round, challenges: Sequence[Challenge], *, key: int
) -> bool:
    """Tell one person that they have been asked to assess, in one letter for all challenges.

    :param key: the id of the first of the assignments the letter tells of.
    """
    to = Recipient.of(person)
    return queue_letter(
        "assess-request",
        key=f"assess-request:{key}:{person.pk}",
        to=to,
        context={
            "challenges": challenges,
            "count": len(challenges),
            "round": round_,
            "partnership": round_.partnership,
            "is_late": round_.packet_on < clock.today(),
            "url": absolute_url("assess-next", round_.slug, language=to.language),
        },
        about=round_,
        thread=round_.slug,
        reply_to=round_.partnership.reply_to,
    )


@dataclass(frozen=True, slots=True)
class Left:
    """How much of one round one person has left to assess, and to look at again."""

    round: Round
    new: int
    changed: int = 0


def queue_assess_reminder(person: User, left: Sequence[Left], *, morning: dt.date) -> bool:
    """Remind one person of everything they have left, in one letter for all rounds.

    :param left: the rounds, the soonest first.
    :param morning: the day on which the reminder fell due; a person gets one a day.
    :returns: whether the letter was queued now (and not earlier).
    """
    to = Recipient.of(person)
    first = left[0].round
    return queue_letter(
        "assess-reminder",
        key=f"assess-reminder:{morning:%Y%m%d}:{person.pk}",
        to=to,
        context={
            "rounds": [
                (each, absolute_url("assess-next", each.round.slug, language=to.language))
                for each in left
            ],
            "count": sum(each.new + each.changed for each in left),
            "day": first.packet_on,
            "partnership": first.partnership,
        },
        about=first,
        thread=first.slug,
        reply_to=first.partnership.reply_to,
    )
