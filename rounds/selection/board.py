"""The board: a round's challenges in order, both parties' means, and what is lacking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.assessing.again import is_outdated
from rounds.selection.assessing.visibility import Sight, sight_from
from rounds.selection.board_reading import Aside, Reading, read_board
from rounds.selection.board_row import Row
from rounds.selection.enums import ASSESSABLE, Party, StandsAside
from rounds.selection.ranking import in_order_seen
from rounds.selection.standings import Standing, Standings, Voice, standings_of

NO_STANDING = Standing()


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
        return max(self.round.capacity - sum(row.takes_place for row in self.rows), 0)

    def count(self, *statuses: str) -> int:
        """How many challenges are in one of these statuses."""
        return sum(row.challenge.status in statuses for row in self.rows)

    def next_to_assess(self, *, without: int | None = None) -> Row | None:
        """Return the challenge of those open to the user that has the fewest assessments."""
        waiting = [row for row in self.rows if row.waits_for_me and row.challenge.pk != without]
        return min(
            waiting,
            key=lambda row: (row.coordinator.count + row.institution.count, row.place),
            default=None,
        )


def board_of(round_: Round, user: User) -> Board:
    """Return the board of a round as `user` sees it (six queries at any number of challenges)."""
    reading = read_board(round_)
    maker = _Maker.of(reading, round_, user)
    present = [each for each in reading.challenges if each.status != Status.WITHDRAWN]
    ordered = in_order_seen(present, maker.standings, maker.sight)
    return Board(
        round=round_,
        rows=[maker.row(place, challenge) for place, challenge in enumerate(ordered, 1)],
        withdrawn=[each for each in reading.challenges if each.status == Status.WITHDRAWN],
        voices=reading.voices,
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the rows that one person sees from what has been read for everybody."""

    reading: Reading
    round: Round
    user: User
    sight: Sight
    standings: Standings
    voices: Mapping[int, list[Voice]]
    asides: Mapping[int, list[Aside]]
    of_party: bool
    party_names: Mapping[str, str]

    @classmethod
    def of(cls, reading: Reading, round_: Round, user: User) -> _Maker:
        voices: dict[int, list[Voice]] = defaultdict(list)
        for voice in reading.voices:
            voices[voice.challenge_id].append(voice)
        asides: dict[int, list[Aside]] = defaultdict(list)
        for aside in reading.asides:
            asides[aside.challenge_id].append(aside)
        partnership = round_.partnership
        away = [(aside.challenge_id, aside.user_id) for aside in reading.asides]
        return cls(
            reading=reading,
            round=round_,
            user=user,
            sight=sight_from(round_, user, voices=reading.voices, aside=away),
            standings=standings_of(reading.voices),
            voices=voices,
            asides=asides,
            of_party=partnership.is_coordinated_by(user) or partnership.is_hosted_by(user),
            party_names={
                Party.COORDINATOR: partnership.coordinator.shown_name,
                Party.INSTITUTION: partnership.institution.shown_name,
            },
        )

    def row(self, place: int, challenge: Challenge) -> Row:
        """Make one challenge's row."""
        key, user, giver = challenge.pk, self.user.pk, challenge.organisation_id
        voices, asides = self.voices.get(key, []), self.asides.get(key, [])
        away = {aside.user_id for aside in asides}
        asked = self.reading.asked.get(key, frozenset()) - away
        done = {voice.assessor_id for voice in voices if voice.done_at}
        is_open = challenge.status in ASSESSABLE
        is_own = giver in self.user.ties.conflicting
        sees_marks = self.sight.sees(challenge)
        chosen = self.reading.chosen.get(giver)
        conflicts = (aside.name for aside in asides if aside.kind == StandsAside.CONFLICT)
        return Row(
            challenge=challenge,
            place=place,
            coordinator=self._standing(key, Party.COORDINATOR, sees_marks=sees_marks),
            institution=self._standing(key, Party.INSTITUTION, sees_marks=sees_marks),
            is_own=is_own,
            has_conflict=giver in self._parties,
            mine=next((voice for voice in voices if voice.assessor_id == user), None),
            can_assess=self.of_party and is_open and not is_own and user not in away,
            sees_marks=sees_marks,
            stands_aside=user in away,
            asked=len(asked) if is_open else 0,
            awaited=len(asked - done) if is_open else 0,
            conflicted=tuple(conflicts),
            outdated=sum(is_outdated(voice, challenge) for voice in voices) if is_open else 0,
            chosen_lately=chosen.code if chosen and chosen.is_lately else "",
            is_newcomer=chosen is None,
            areas=self.reading.areas.get(key, {}),
            party_names=self.party_names,
        )

    @property
    def _parties(self) -> tuple[int, int]:
        partnership = self.round.partnership
        return partnership.coordinator_id, partnership.institution_id

    def _standing(self, challenge_id: int, party: str, *, sees_marks: bool) -> Standing:
        standing = self.standings.get(challenge_id, {}).get(party, NO_STANDING)
        return standing if sees_marks else standing.veiled
