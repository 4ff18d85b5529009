"""Sharing a round's challenges out among the people of both parties, and what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rounds.challenges.models import Challenge
from rounds.selection.assessing.workload import Assessor, Pair, Workload
from rounds.selection.enums import Party

PEOPLE_A_PARTY = 2


@dataclass(frozen=True, slots=True)
class Change:
    """What changes for one person: challenges they are asked for, and ones taken off them."""

    assessor: Assessor
    added: list[Challenge]
    removed: list[Challenge]
    # Of those added, the ones whose assessment is not done yet: the letter is about them.
    to_do: list[Challenge]


def share_out(load: Workload) -> set[Pair]:
    """Return who is asked for what, so that two people of each party assess every challenge.

    What has been asked stays, and what somebody has assessed unasked counts. Whom conflicts leave
    the fewest people comes first; among people the least loaded does.
    """
    wanted = {pair for pair in load.can_be_asked() if pair in load.asked}
    for party in Party.values:
        _share_party(load, [each.user.pk for each in load.of_party(party)], wanted)
    return wanted


def _share_party(load: Workload, people: list[int], wanted: set[Pair]) -> None:
    able = {
        challenge.pk: [person for person in people if load.may((challenge.pk, person))]
        for challenge in load.open_challenges
    }
    taken = {
        pk: [person for person in able[pk] if (pk, person) in wanted or load.is_done((pk, person))]
        for pk in able
    }
    burden = Counter(person for assessors in taken.values() for person in assessors)
    for pk in sorted(able, key=lambda pk: len(able[pk])):
        free = [person for person in able[pk] if person not in taken[pk]]
        free.sort(key=lambda person: burden[person])
        chosen = free[: max(PEOPLE_A_PARTY - len(taken[pk]), 0)]
        burden.update(chosen)
        wanted.update((pk, person) for person in chosen)


def changes_of(load: Workload, wanted: Collection[Pair]) -> list[Change]:
    """Return what asking for exactly `wanted` would change, person by person.

    What cannot be asked for any more (decided challenges, people who have left) stays as it is.
    """
    by_pk = {challenge.pk: challenge for challenge in load.open_challenges}
    possible = load.can_be_asked()

    def named(pairs: Iterable[Pair], assessor: Assessor) -> list[Challenge]:
        return [by_pk[challenge] for challenge, person in pairs if person == assessor.user.pk]

    added = [pair for pair in possible if pair in wanted and pair not in load.asked]
    removed = [pair for pair in possible if pair in load.asked and pair not in wanted]
    to_do = [pair for pair in added if not load.is_done(pair)]
    changes = (
        Change(each, named(added, each), named(removed, each), named(to_do, each))
        for each in load.people
    )
    return [change for change in changes if change.added or change.removed]
