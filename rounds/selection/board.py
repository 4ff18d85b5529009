"""The board: a round's challenges in order, both parties' means, and what is lacking."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise

from organisations.people.models import User
from rounds.challenges.enums import TAKES_PLACE, FundingThought, Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.enums import Outcome, Party
from rounds.selection.models import Decision
from rounds.selection.standings import (
    ASSESSABLE,
    Standing,
    Voice,
    in_board_order,
    standings_of,
    voices_of,
)

NO_STANDING = Standing()
# Marks of one party's people that lie further apart than this deserve a talk.
WIDE_SPREAD = 1.5


@dataclass(frozen=True, slots=True)
class Row:
    """One challenge on the board."""

    challenge: Challenge
    place: int
    coordinator: Standing
    institution: Standing
    is_own: bool
    has_conflict: bool
    mine: Voice | None
    can_assess: bool

    @property
    def funding(self) -> str | Promise:
        """The funding thought in few words: ESR+ 4.3, not yet."""
        challenge = self.challenge
        if challenge.funding_thought != FundingThought.FUND or challenge.fund is None:
            return challenge.get_funding_thought_display()
        number = challenge.objective.code if challenge.objective else ""
        return f"{challenge.fund.code} {number}".strip()

    @property
    def is_open(self) -> bool:
        """Whether it is still weighed."""
        return self.challenge.status in ASSESSABLE

    @property
    def lacks(self) -> list[str]:
        """The parties whose assessment is missing while it is weighed."""
        if not self.is_open:
            return []
        sides = ((Party.COORDINATOR, self.coordinator), (Party.INSTITUTION, self.institution))
        return [party.value for party, standing in sides if not standing.count]

    @property
    def is_disputed(self) -> bool:
        """Whether one party's people see it very differently."""
        return max(self.coordinator.spread, self.institution.spread) >= WIDE_SPREAD

    @property
    def lacks_reason(self) -> bool:
        """Whether a decision that is not told yet needs its reason written."""
        waits = self.challenge.status in (Status.RESERVE, Status.NOT_SELECTED)
        return waits and not self.challenge.is_told and not self.challenge.has_reason  # type: ignore[attr-defined]

    @property
    def needs_telling(self) -> bool:
        """Whether it is decided and the association has not been told."""
        return self.challenge.status in Outcome.values and not self.challenge.is_told


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the selection's page shows."""

    round: Round
    rows: list[Row]
    withdrawn: list[Challenge]
    voices: list[Voice]

    @property
    def places_left(self) -> int:
        """How many places no confirmed challenge has taken."""
        taken = sum(row.challenge.status in TAKES_PLACE for row in self.rows)
        return max(self.round.capacity - taken, 0)

    def count(self, *statuses: str) -> int:
        """How many challenges are in one of these statuses."""
        return sum(row.challenge.status in statuses for row in self.rows)

    def next_to_assess(self, *, without: int | None = None) -> Row | None:
        """Return the challenge of those open to the user that has the fewest assessments."""
        waiting = [
            row
            for row in self.rows
            if row.can_assess
            and row.challenge.pk != without
            and not (row.mine and row.mine.done_at)
        ]
        return min(
            waiting,
            key=lambda row: (row.coordinator.count + row.institution.count, row.place),
            default=None,
        )


def challenges_on_board(round_: Round) -> QuerySet[Challenge]:
    """Return a round's submitted challenges with what a row shows (one query)."""
    reason = Decision.objects.standing().filter(challenge=OuterRef("pk")).exclude(reason="")
    return (
        Challenge.objects.submitted()
        .filter(round=round_)
        .select_related("organisation", "fund", "objective__fund", "ranking")
        .annotate(has_reason=Exists(reason))
    )


def board_of(round_: Round, user: User) -> Board:
    """Return the board of a round as `user` sees it (two queries at any number of challenges)."""
    challenges = list(challenges_on_board(round_))
    voices = voices_of(round_.pk)
    standings = standings_of(voices)
    mine = {voice.challenge_id: voice for voice in voices if voice.assessor_id == user.pk}
    partnership = round_.partnership
    of_party = partnership.is_coordinated_by(user) or partnership.is_hosted_by(user)
    parties = {partnership.coordinator_id, partnership.institution_id}

    def row(place: int, challenge: Challenge) -> Row:
        by_party = standings.get(challenge.pk, {})
        is_own = challenge.organisation_id in user.ties.conflicting
        return Row(
            challenge=challenge,
            place=place,
            coordinator=by_party.get(Party.COORDINATOR, NO_STANDING),
            institution=by_party.get(Party.INSTITUTION, NO_STANDING),
            is_own=is_own,
            has_conflict=challenge.organisation_id in parties,
            mine=mine.get(challenge.pk),
            can_assess=of_party and not is_own and challenge.status in ASSESSABLE,
        )

    present = [each for each in challenges if each.status != Status.WITHDRAWN]
    ordered = in_board_order(present, standings)
    return Board(
        round=round_,
        rows=[row(place, challenge) for place, challenge in enumerate(ordered, 1)],
        withdrawn=[each for each in challenges if each.status == Status.WITHDRAWN],
        voices=voices,
    )
