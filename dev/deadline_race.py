"""Everybody presses "submit" around the very moment when the call closes."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django.utils import timezone

from minno_portal.errors import Refused
from minno_portal.outbox.models import Letter
from organisations.membership.enums import Role
from organisations.models import Membership, Organisation, User
from rounds.challenges.enums import Output, Status
from rounds.challenges.errors import CallClosed
from rounds.challenges.services import begin_challenge, submit_challenge
from rounds.models import Challenge, Revision, Round

# How many press at the same time; a connection each.
MOST_THREADS = 50
COMPLETE = {
    "title": "Samaan aikaan",
    "summary": "Kaikki jättävät viime hetkellä.",
    "need": "Määräaika on kaikilla sama.",
    "change_sought": "Kukaan ei jää ilman numeroa.",
    "target_group": "Viime hetken jättäjät",
    "support_hours": 1,
    "hoped_outputs": [Output.CONCEPT],
    "is_national": True,
}


def submit_race(count: int, round_: Round) -> dict[str, int]:
    """Let `count` associations press "submit" around the very moment when the call closes.

    The first press of each falls before or after the deadline, spread evenly around it, and each
    presses twice.

    :param round_: a published round whose call is open and without challenges; its deadline is
        moved to this moment.
    :returns: figures that tell whether any was lost, doubled or wrongly numbered.
    """
    drafts = [_complete_draft(round_, number) for number in range(count)]
    threads = min(count, MOST_THREADS)
    deadline = timezone.now() + dt.timedelta(seconds=1)
    Round.objects.filter(pk=round_.pk).update(call_closes_at=deadline)
    barrier = Barrier(threads)

    def press(index: int) -> tuple[bool, bool]:
        if index < threads:
            barrier.wait()
        # Half of them before the deadline, half after, a few milliseconds apart.
        offset = (index - count / 2) * 0.01
        _sleep_until(deadline + dt.timedelta(seconds=offset))
        draft, actor = drafts[index]
        return tuple(_submitted(draft.pk, actor) for _press in range(2))  # type: ignore[return-value]

    told = in_threads(press, range(count), threads)
    return _figures(round_, told)


def in_threads(task: Callable[[Any], Any], items: Sequence[Any], threads: int) -> list[Any]:
    """Run `task` on every item, each in a thread with a database connection of its own."""

    def run(item: Any) -> Any:
        try:
            return task(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, items))


def _complete_draft(round_: Round, number: int) -> tuple[Challenge, User]:
    organisation = Organisation.objects.create(name=f"Viime hetken yhdistys {number} ry")
    actor = User.objects.create_user(f"viime-hetki-{number}@example.org", name=f"Viime {number}")
    Membership.objects.create(user=actor, organisation=organisation, role=Role.CONTACT)
    draft = begin_challenge(round_.pk, organisation_id=organisation.pk, actor=actor)
    Challenge.objects.filter(pk=draft.pk).update(**COMPLETE)
    return draft, actor


def _sleep_until(moment: dt.datetime) -> None:
    time.sleep(max((moment - timezone.now()).total_seconds(), 0))


def _submitted(challenge_id: int, actor: User) -> bool:
    """Press the button; tell what the person was told. Only a closed call may refuse."""
    try:
        submit_challenge(challenge_id, accepted_terms=True, actor=actor)
    except CallClosed:
        return False
    except Refused as refusal:
        raise AssertionError(f"refused for a wrong reason: {refusal!r}") from refusal
    return True


def _figures(round_: Round, told: Sequence[tuple[bool, bool]]) -> dict[str, int]:
    challenges = list(Challenge.objects.filter(round=round_))
    submitted = [each for each in challenges if each.status == Status.SUBMITTED]
    numbers = sorted(each.number for each in submitted if each.number is not None)
    receipts = Letter.objects.filter(kind="receipt", thread=round_.slug)
    return {
        "pressed": len(told),
        "submitted": len(submitted),
        "kept_as_draft": sum(each.status == Status.DRAFT for each in challenges),
        "lost": len(told) - len(challenges),
        "told_otherwise": abs(sum(first or second for first, second in told) - len(submitted)),
        "gaps_or_repeats": int(numbers != list(range(1, len(submitted) + 1))),
        "references": len({each.reference for each in submitted}),
        "versions": Revision.objects.filter(challenge__round=round_).count(),
        "receipts": receipts.count(),
        "last_reference": Round.objects.get(pk=round_.pk).last_reference,
    }
