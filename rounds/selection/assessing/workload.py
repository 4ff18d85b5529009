"""Who could assess what in a round, who has been asked, and how far everybody is.

Read once for the page of the assessors, for sharing out and for the reminders of all rounds.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from organisations.membership.enums import Role
from organisations.membership.models import Membership
from organisations.partnership.people import acting_for
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.table.standard import title_as_submitted
from rounds.planning.models import Round
from rounds.selection.assessing.again import needs_another_look, newest_version
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.enums import ASSESSABLE, Party
from rounds.selection.models import Assessment

_SHOWN = (
    *("round_id", "number", "reference", "title", "language", "status"),
    *("organisation__name", "organisation__short_name"),
)
# A challenge's id and a person's.
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Assessor:
    """A person who may assess in the name of a party."""

    user: User
    party: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What somebody has saved of an assessment: a draft has no `done_at`."""

    saved_at: dt.datetime
    done_at: dt.datetime | None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Workload:
    """Everything about the assessing of one round, by pairs of a challenge and a person."""

    round: Round
    people: Sequence[Assessor] = ()
    challenges: Sequence[Challenge] = ()
    asked: frozenset[Pair] = frozenset()
    saved: Mapping[Pair, Saved] = field(default_factory=dict)
    aside: Mapping[Pair, Recusal] = field(default_factory=dict)
    # The person belongs to the organisation that gave the challenge.
    related: frozenset[Pair] = frozenset()

    @property
    def open_challenges(self) -> list[Challenge]:
        """Those that are still weighed."""
        return [each for each in self.challenges if each.status in ASSESSABLE]

    def of_party(self, party: str) -> list[Assessor]:
        """Return the people of one party."""
        return [each for each in self.people if each.party == party]

    def may(self, pair: Pair) -> bool:
        """Whether nothing keeps the person from assessing the challenge."""
        return pair not in self.related and pair not in self.aside

    def is_done(self, pair: Pair) -> bool:
        """Whether the person has assessed the challenge."""
        return pair in self.saved and self.saved[pair].done_at is not None

    def can_be_asked(self) -> list[Pair]:
        """Return every pair that can be asked for now: open, and no conflict."""
        return [
            pair
            for challenge in self.open_challenges
            for each in self.people
            if self.may(pair := (challenge.pk, each.user.pk))
        ]

    def left_for(self, user: User) -> list[Challenge]:
        """Return what the person still has to assess.

        Where people have been asked, only what they were asked for; in a round where nobody has
        been, everything is everybody's.
        """
        return [
            challenge
            for challenge in self.open_challenges
            if self.may(pair := (challenge.pk, user.pk))
            and not self.is_done(pair)
            and (pair in self.asked or not self.asked)
        ]

    def changed_for(self, user: User) -> list[Challenge]:
        """Return what the person has assessed of an earlier text and should look at again."""
        return [
            challenge
            for challenge in self.challenges
            if self.may(pair := (challenge.pk, user.pk))
            and pair in self.saved
            and needs_another_look(self.saved[pair], challenge)
        ]


def workload_of(round_: Round) -> Workload:
    """Return the assessing of one round (six queries)."""
    return workloads_of([round_])[round_.pk]


def workloads_of(rounds: Sequence[Round]) -> dict[int, Workload]:
    """Return the assessing of rounds by their ids, at most six queries for all of them.

    :param rounds: read with their partnerships.
    """
    people = _people_of(rounds)
    challenges = list(
        Challenge.objects.submitted()
        .filter(round__in=[round_.pk for round_ in rounds])
        .exclude(status=Status.WITHDRAWN)
        .select_related("organisation")
        .only(*_SHOWN)
        .annotate(shown_title=title_as_submitted(), newest_version=newest_version())
        .order_by("number")
    )
    by_round: dict[int, list[Challenge]] = defaultdict(list)
    for challenge in challenges:
        by_round[challenge.round_id].append(challenge)
    rows = _Rows.of(challenges)
    related = _related(challenges, {each.user.pk for group in people.values() for each in group})
    return {
        round_.pk: rows.narrowed(round_, people[round_.pk], by_round[round_.pk], related)
        for round_ in rounds
    }


@dataclass(frozen=True, slots=True)
class _Rows:
    """What has been read of all rounds at once."""

    asked: frozenset[Pair]
    saved: Mapping[Pair, Saved]
    aside: Mapping[Pair, Recusal]

    @classmethod
    def of(cls, challenges: Iterable[Challenge]) -> _Rows:
        """Read what concerns these challenges."""
        keys = [challenge.pk for challenge in challenges]
        asked = Assignment.objects.filter(challenge__in=keys).order_by()
        saved = Assessment.objects.filter(challenge__in=keys).order_by()
        aside = Recusal.objects.filter(challenge__in=keys).select_related("user", "challenge")
        return cls(
            frozenset(asked.values_list("challenge_id", "assessor_id")),
            {
                (challenge, person): Saved(saved_at, done_at, version)
                for challenge, person, saved_at, done_at, version in saved.values_list(
                    "challenge_id", "assessor_id", "saved_at", "done_at", "version"
                )
            },
            {(each.challenge_id, each.user_id): each for each in aside.order_by("pk")},
        )

    def narrowed(
        self,
        round_: Round,
        people: Sequence[Assessor],
        challenges: Sequence[Challenge],
        related: frozenset[Pair],
    ) -> Workload:
        """Return what of it concerns one round."""
        keys = {challenge.pk for challenge in challenges}
        return Workload(
            round=round_,
            people=people,
            challenges=challenges,
            asked=frozenset(pair for pair in self.asked if pair[0] in keys),
            saved={pair: saved for pair, saved in self.saved.items() if pair[0] in keys},
            aside={pair: recusal for pair, recusal in self.aside.items() if pair[0] in keys},
            related=frozenset(pair for pair in related if pair[0] in keys),
        )


def _people_of(rounds: Iterable[Round]) -> dict[int, list[Assessor]]:
    """Return each round's people, the coordinator's first; who is of both acts for it."""
    partnerships = {round_.pk: round_.partnership for round_ in rounds}
    members: dict[tuple[int, str], list[User]] = defaultdict(list)
    rows = Membership.objects.filter(acting_for(partnerships.values()), user__is_active=True)
    for row in rows.select_related("user").order_by("user__name", "user__email"):
        members[row.organisation_id, row.role].append(row.user)
    return {
        pk: _both(
            members[partnership.coordinator_id, Role.COORDINATOR],
            members[partnership.institution_id, Role.STAFF],
        )
        for pk, partnership in partnerships.items()
    }


def _both(coordinators: Iterable[User], staff: Iterable[User]) -> list[Assessor]:
    found = {user.pk: Assessor(user, Party.COORDINATOR.value) for user in coordinators}
    for user in staff:
        found.setdefault(user.pk, Assessor(user, Party.INSTITUTION.value))
    return list(found.values())


def _related(challenges: Iterable[Challenge], people: set[int]) -> frozenset[Pair]:
    givers: dict[int, list[int]] = defaultdict(list)
    for challenge in challenges:
        givers[challenge.organisation_id].append(challenge.pk)
    rows = Membership.objects.filter(organisation__in=givers, user__in=people)
    return frozenset(
        (challenge, person)
        for organisation, person in rows.order_by().values_list("organisation_id", "user_id")
        for challenge in givers[organisation]
    )
