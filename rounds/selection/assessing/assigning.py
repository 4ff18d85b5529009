"""Asking people of both parties to assess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from minno_portal.errors import WrongState
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.planning.locks import lock_round
from rounds.planning.models import Round
from rounds.selection import errors
from rounds.selection.assessing import letters
from rounds.selection.assessing.models import Assignment
from rounds.selection.assessing.sharing import Change, changes_of
from rounds.selection.assessing.workload import Pair, workload_of
from rounds.selection.taking_back import take_back


@service
def assign_assessors(round_id: int, *, wanted: Collection[Pair], actor: User) -> list[Change]:
    """Ask for exactly `wanted` of what can be asked for now; who is asked anew gets one letter.

    Asking for what stands already changes nothing. What somebody has assessed stays when they are
    not asked for it any more. The actor needs no letter from themselves.

    :param wanted: pairs of a challenge's and a person's id.
    :returns: what changed, person by person.
    :raises NotAllowed: when the actor is not the partnership's coordinator.
    :raises WrongState: when the round is in the archive.
    :raises CannotBeAsked: when one of the pairs is in conflict, or not of this round any more.
    """
    round_ = lock_round(round_id)
    require_permission("rounds.assign_assessors", actor, round_)
    if round_.archived_at is not None:
        raise WrongState
    load = workload_of(round_)
    if not set(load.can_be_asked()).issuperset(wanted):
        raise errors.CannotBeAsked
    changes = changes_of(load, wanted)
    _write(round_, changes, actor)
    return changes


def _write(round_: Round, changes: Collection[Change], actor: User) -> None:
    gone = Q(pk__in=())
    for change in changes:
        gone |= Q(assessor=change.assessor.user, challenge__in=change.removed)
    take_back(Assignment.objects.filter(gone))
    made = Assignment.objects.bulk_create(
        Assignment(challenge=challenge, assessor=change.assessor.user, assigned_by=actor)
        for change in changes
        for challenge in change.added
    )
    first: dict[int, int] = defaultdict(int)
    for row in reversed(made):
        first[row.assessor_id] = row.pk
    for change in changes:
        person = change.assessor.user
        if change.to_do and person.pk != actor.pk:
            letters.queue_request(person, round_, change.to_do, key=first[person.pk])
