"""Reminding chosen associations to say that they take part, and telling when one has not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import Recipient
from minno_portal.outbox.telling import Due, tell
from rounds.challenges.enums import Status
from rounds.challenges.letters import addressees, coordinator_of, recipients_of
from rounds.planning.models import Round
from rounds.planning.reminding.plan import Plan, plans_of
from rounds.planning.reminding.rules import Anchor, Rule, series
from rounds.selection.deciding.models import Participation
from rounds.selection.deciding.notices import (
    PARTICIPATION_MISSING,
    PARTICIPATION_REMINDER,
    participation_missing,
    participation_reminder,
)
from rounds.selection.due import end_of

# After two weeks the coordinator has heard it elsewhere, or the place is filled.
NEWS_DAYS = 14


def unconfirmed() -> QuerySet[Participation]:
    """Return what has not been confirmed of challenges that are told to be chosen, in no hurry.

    A project that has begun takes part, whatever was confirmed.
    """
    chosen = Q(challenge__status=Status.CONFIRMED, challenge__announced_at__isnull=False)
    return Participation.objects.filter(
        chosen, confirmed_at=None, challenge__round__archived_at=None
    ).select_related(
        "challenge__round__partnership__coordinator",
        "challenge__round__partnership__institution",
        "challenge__organisation",
    )


def associations_to_confirm(round_: Round) -> int | None:
    """Return how many people have not confirmed, None before decisions are told."""
    if round_.announced_at is None:
        return None
    return len({email for asked in _of_round(round_) for email in addressees(asked.challenge)})


def coordinator_to_tell(round_: Round) -> int | None:
    """Return one while somebody has not confirmed, None before decisions are told."""
    people = associations_to_confirm(round_)
    return None if people is None else min(people, 1)


def _next_day(round_: Round) -> dt.datetime | None:
    """Return the first day of confirming that is still waited for."""
    days = [asked.confirm_by for asked in _of_round(round_)]
    return end_of(min(days)) if days else None


def _of_round(round_: Round) -> list[Participation]:
    """Return what has not been confirmed in a round: asked once for its whole plan."""
    if round_.announced_at is None:
        return []
    found: list[Participation] | None = getattr(round_, "_unconfirmed", None)
    if found is None:
        waiting = unconfirmed().filter(challenge__round=round_)
        found = list(waiting.select_related("challenge__created_by"))
        round_._unconfirmed = found  # type: ignore[attr-defined]  # noqa: SLF001 (a cache)
    return found


CONFIRM_BY = Anchor(
    "confirm_by", _("a chosen association says that it takes part"), _next_day, is_own=True
)
REMINDERS = series(
    Rule(
        "participation-2d",
        PARTICIPATION_REMINDER,
        _("two days before the day by which a chosen association confirms"),
        CONFIRM_BY,
        days=-2,
        count=associations_to_confirm,
    )
)
NEWS = series(
    Rule(
        "participation-missing",
        PARTICIPATION_MISSING,
        _("on the working day after the day of confirming"),
        CONFIRM_BY,
        days=1,
        lasts=NEWS_DAYS,
        count=coordinator_to_tell,
    )
)

Readers = Callable[[Participation], Iterable[Recipient]]


@reminder("participations")
def remind_of_participations() -> int:
    """Queue the reminders and the news that are due; returns how many letters were queued."""
    today = clock.today()
    waiting = list(
        unconfirmed()
        .filter(
            challenge__round__evaluation_on__gte=today,
            confirm_by__gte=today - dt.timedelta(days=NEWS_DAYS + 1),
        )
        .select_related("challenge__created_by")
        .order_by("confirm_by", "pk")
    )
    plans = plans_of(asked.challenge.round for asked in waiting)
    people = recipients_of(asked.challenge for asked in waiting)
    own = _dues(waiting, REMINDERS, plans, lambda asked: people[asked.challenge_id])
    news = _dues(waiting, NEWS, plans, lambda asked: [coordinator_of(asked.challenge.round)])
    return tell(PARTICIPATION_REMINDER, own, participation_reminder) + tell(
        PARTICIPATION_MISSING, news, participation_missing
    )


def _dues(
    waiting: Iterable[Participation],
    rules: Sequence[Rule],
    plans: dict[int, Plan],
    readers: Readers,
) -> Iterator[Due[Participation]]:
    for asked in waiting:
        round_ = asked.challenge.round
        fallen = plans[round_.pk].due(rules, end_of(asked.confirm_by))
        if not fallen:
            continue
        for to in readers(asked):
            yield Due(
                key=f"{fallen.rule.kind.name}:{asked.pk}:{asked.confirm_by:%Y%m%d}:{to.email}",
                to=to,
                at=fallen.at,
                expires_at=fallen.expires_at,
                thing=asked,
                group=(round_.pk, asked.confirm_by),
                thread=round_.slug,
                rule=fallen.rule.name,
            )
