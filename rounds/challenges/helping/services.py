"""Ticking points off, the quality check, and a deadline of its own for one association."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.helping import letters
from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.helping.errors import LateNotLater, LateTooLate
from rounds.challenges.helping.models import CompletionPoint, LatePermission, QualityMark, Reading
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge
from rounds.planning.locks import lock_round
from rounds.planning.models import Round

# While these last, advice can still change the text.
TAKES_ADVICE = frozenset({Status.SUBMITTED, Status.NEEDS_COMPLETION})


@dataclass(frozen=True, slots=True)
class Mark:
    """What the coordinator thinks of one point: a `Verdict`, and advice in a few words."""

    verdict: str
    note: str = ""


@service
def tick_point(point_id: int, *, done: bool, actor: User) -> CompletionPoint:
    """Tick off one thing that was asked to be completed, or take the tick away.

    :raises NotAllowed: when the actor may not write for the association.
    :raises WrongState: when no completion is awaited.
    """
    challenge = lock_challenge(CompletionPoint.objects.get(pk=point_id).challenge_id)
    require_permission("rounds.write_challenge", actor, challenge)
    if challenge.status != Status.NEEDS_COMPLETION:
        raise WrongState
    point = CompletionPoint.objects.get(pk=point_id)
    if (point.done_at is not None) == done:
        return point
    point.done_at = clock.now() if done else None
    point.done_by = actor if done else None
    point.save(update_fields=["done_at", "done_by"])
    return point


@service
def mark_quality(challenge_id: int, *, marks: Mapping[str, Mark], actor: User) -> list[QualityMark]:
    """Write down what the coordinator thinks of the challenge's quality; both sides see it.

    A point that is not among `marks` keeps what was thought of it before.

    :param marks: by `QualityPoint`.
    :returns: what was changed.
    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when advice can no longer change the text.
    """
    if unknown := marks.keys() - set(QualityPoint.values):
        raise ValueError(f"no such points: {sorted(unknown)}")
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.mark_quality", actor, challenge)
    if challenge.status not in TAKES_ADVICE:
        raise WrongState
    present = {mark.point: mark for mark in challenge.quality_marks.all()}
    changed = []
    for point, wanted in marks.items():
        mark = present.get(point) or QualityMark(challenge=challenge, point=point)
        note = wanted.note.strip()
        if (mark.verdict, mark.note) == (wanted.verdict, note):
            continue
        mark.verdict, mark.note = Verdict(wanted.verdict), note
        mark.marked_by, mark.marked_at = actor, clock.now()
        mark.save()
        changed.append(mark)
    return changed


@service
def grant_late(
    round_id: int, *, organisation_id: int, until: dt.datetime, reason: str, actor: User
) -> LatePermission:
    """Let one association begin and submit after the call has closed, and tell it by letter.

    Granting again moves the deadline. The round's own calendar stays as it is.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when the round is not published.
    :raises LateNotLater: when `until` has passed, or the call itself lasts longer.
    :raises LateTooLate: when the projects have begun by then.
    """
    round_ = lock_round(round_id)
    require_permission("rounds.grant_late", actor, round_)
    if not round_.is_published:
        raise WrongState
    _check_moment(round_, until)
    permission, _created = LatePermission.objects.update_or_create(
        round=round_,
        organisation_id=organisation_id,
        defaults={
            "until": until,
            "reason": reason.strip(),
            "granted_by": actor,
            "granted_at": clock.now(),
        },
    )
    letters.queue_late(permission)
    return permission


def _check_moment(round_: Round, until: dt.datetime) -> None:
    if until <= max(round_.call_closes_at, clock.now()):
        raise LateNotLater
    if until >= clock.helsinki(round_.kickoff_on, 0):
        raise LateTooLate


@service
def end_late(permission_id: int, *, actor: User) -> None:
    """Take a late permission back: the call's own deadline holds for the association, too.

    What it has written stays as its draft.

    :raises NotAllowed: when the actor does not coordinate the round.
    """
    permission = LatePermission.objects.get(pk=permission_id)
    round_ = lock_round(permission.round_id)
    require_permission("rounds.grant_late", actor, round_)
    permission.until = round_.call_closes_at
    permission.save(update_fields=["until"])


def record_reading(challenge: Challenge, version: int, *, reader: User) -> None:
    """Remember which version the reader has read last (one query)."""
    Reading.objects.bulk_create(
        [Reading(challenge=challenge, user=reader, revision=version, read_at=clock.now())],
        update_conflicts=True,
        unique_fields=["challenge", "user"],
        update_fields=["revision", "read_at"],
    )
