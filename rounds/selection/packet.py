"""The packet before it is sent and while it is answered: suggestions, dossier, bulk answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal.errors import WrongState
from organisations.people.models import User
from rounds.challenges.enums import TAKES_PLACE, Status
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import belongs_to_giver
from rounds.challenges.presentation import Part, parts
from rounds.selection import errors
from rounds.selection.enums import Outcome, Party
from rounds.selection.models import Assessment, Proposal
from rounds.selection.standings import Standing, standings_of, voices_of

# How many of those below the capacity line are put in reserve to begin with.
RESERVE_PLACES = 2
# What the institution need not read to decide: persons, and permissions given to the coordinator.
_LEFT_OUT = ("contact", "permissions")


def preset_suggestions(challenges: Sequence[Challenge], places_left: int) -> dict[int, str]:
    """Return what the packet's page suggests to begin with, by the order of the board.

    As many as there are places left are confirmed, the next two go to the reserve.
    """
    last_reserve = places_left + RESERVE_PLACES
    return {
        challenge.pk: Outcome.CONFIRMED.value
        if index < places_left
        else Outcome.RESERVE.value
        if index < last_reserve
        else Outcome.NOT_SELECTED.value
        for index, challenge in enumerate(challenges)
    }


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the institution reads to decide: the challenge as it was proposed, and the means."""

    parts: list[Part]
    standings: dict[str, Standing]
    comments: list[Assessment]
    has_changed: bool

    @classmethod
    def of(cls, proposal: Proposal) -> Dossier:
        """Put the dossier of a proposal together from its snapshot."""
        voices = voices_of(proposal.packet.round_id)
        standings = standings_of(
            voice for voice in voices if voice.challenge_id == proposal.challenge_id
        )
        content = proposal.snapshot
        return cls(
            parts=[
                part
                for part in parts(content, proposal.packet.round)
                if part.section.key not in _LEFT_OUT
            ],
            standings=standings.get(
                proposal.challenge_id, {party: Standing() for party in Party.values}
            ),
            comments=list(Assessment.objects.with_comment(proposal.challenge)),
            has_changed=content.get("title") != proposal.challenge.title
            or content.get("summary") != proposal.challenge.summary,
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of a bulk answer: what agreeing would do, or why it cannot be done."""

    proposal: Proposal
    obstacle: str | Promise = ""


def plan_to_agree(proposals: QuerySet[Proposal], user: User) -> list[Planned]:
    """Return what agreeing with `proposals` would do, place by place.

    The plan looks at the places as they are now; the service looks again under a lock.
    """
    chosen = list(proposals.order_by("packet__round", "packet__number", "position"))
    left = _places_left(chosen)
    plan = []
    for proposal in chosen:
        obstacle = _obstacle(proposal, user)
        if not obstacle and proposal.suggested == Outcome.CONFIRMED:
            round_id = proposal.packet.round_id
            if left[round_id] <= 0:
                obstacle = errors.CapacityFull.sentence
            else:
                left[round_id] -= 1
        plan.append(Planned(proposal, obstacle))
    return plan


def _obstacle(proposal: Proposal, user: User) -> str | Promise:
    if proposal.answer:
        return _("Somebody has answered this already.")
    if proposal.challenge.status != Status.PROPOSED:
        return WrongState.sentence
    if belongs_to_giver.test(user, proposal.challenge):
        return errors.ConflictOfInterest.sentence
    if proposal.proposed_by_id == user.pk:
        return errors.ProposerAnswers.sentence
    return ""


def _places_left(proposals: Iterable[Proposal]) -> dict[int, int]:
    rounds = {proposal.packet.round_id: proposal.packet.round for proposal in proposals}
    taken: dict[int, int] = defaultdict(int)
    rows = Challenge.objects.filter(round__in=rounds, status__in=TAKES_PLACE)
    for round_id in rows.order_by().values_list("round_id", flat=True):
        taken[round_id] += 1
    return {pk: round_.capacity - taken[pk] for pk, round_ in rounds.items()}
