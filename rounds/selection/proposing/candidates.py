"""What can be proposed to the institution now: new, returned with a wish, or waiting in reserve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.assessing.visibility import sight_from, standing_aside
from rounds.selection.consent import has_consent
from rounds.selection.enums import Answer, Outcome, Party
from rounds.selection.models import Proposal
from rounds.selection.standings import Standing, in_board_order, standings_of, voices_of

# How many of those below the capacity line are put in reserve to begin with.
RESERVE_PLACES = 2
NO_STANDING = Standing()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A challenge that can be in the next packet.

    `previous` is its latest proposal; `sees` tells whether the others' marks may be shown.
    """

    challenge: Challenge
    coordinator: Standing
    institution: Standing
    sees: bool
    previous: Proposal | None

    @property
    def is_in_reserve(self) -> bool:
        """Whether it waits in reserve, and the institution has not agreed to it yet."""
        return bool(self.challenge.status == Status.RESERVE)

    @property
    def is_returned(self) -> bool:
        """Whether the institution asked for a change when it was proposed last."""
        return self.previous is not None and self.previous.answer == Answer.CHANGE


def candidates_of(round_: Round, user: User, proposals: Iterable[Proposal]) -> list[Candidate]:
    """Return what can be proposed, in the order of the board (three queries).

    :param proposals: every one of the round, in the order of the packets.
    """
    voices = voices_of(round_.pk)
    standings = standings_of(voices)
    challenges = in_board_order(proposable(round_), standings)
    sight = sight_from(round_, user, voices=voices, aside=standing_aside(round_, user=user))
    previous = {each.challenge_id: each for each in proposals}
    return [
        Candidate(
            challenge,
            standings.get(challenge.pk, {}).get(Party.COORDINATOR, NO_STANDING),
            standings.get(challenge.pk, {}).get(Party.INSTITUTION, NO_STANDING),
            sight.sees(challenge),
            previous.get(challenge.pk),
        )
        for challenge in challenges
    ]


def proposable(round_: Round) -> QuerySet[Challenge]:
    """Return the challenges that are submitted, or in reserve without the institution's consent."""
    unasked = Q(status=Status.RESERVE) & Q(~has_consent())
    challenges: QuerySet[Challenge] = Challenge.objects.filter(
        Q(status=Status.SUBMITTED) | unasked, round=round_
    )
    return challenges.select_related("organisation", "ranking")


def preset_suggestions(candidates: Sequence[Candidate], places_left: int) -> dict[int, str]:
    """Return what the packet's page suggests to begin with, by the order of the board.

    As many as there are places left are confirmed, the next two go to the reserve. What is in
    reserve already comes into question only when the coordinator chooses it.
    """
    waiting = [each.challenge.pk for each in candidates if not each.is_in_reserve]
    last_reserve = places_left + RESERVE_PLACES
    presets = {
        pk: Outcome.CONFIRMED.value
        if index < places_left
        else Outcome.RESERVE.value
        if index < last_reserve
        else Outcome.NOT_SELECTED.value
        for index, pk in enumerate(waiting)
    }
    for each in candidates:
        if each.is_in_reserve:
            presets[each.challenge.pk] = (
                Outcome.CONFIRMED.value if places_left else Outcome.RESERVE.value
            )
    return presets


def packet_words(number: int, count: int, again: int) -> str:
    """Return what a packet is in one line: “packet 2: two proposals, one again”."""
    words = ngettext(
        "Packet %(number)d: one proposal", "Packet %(number)d: %(count)d proposals", count
    ) % {"number": number, "count": count}
    if not again:
        return words
    repeated = ngettext("one again", "%(count)d again", again) % {"count": again}
    return _("%(packet)s, %(repeated)s") % {"packet": words, "repeated": repeated}
