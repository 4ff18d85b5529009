"""What a coordinator changes of a round's reminder plan."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from minno_portal import clock, dates
from minno_portal.outbox.daytime import next_daytime
from minno_portal.outbox.models import Telling
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.planning.locks import lock_round
from rounds.planning.models import Round
from rounds.planning.reminding.errors import (
    HasGone,
    InQuietHours,
    InThePast,
    NoDate,
    TooFar,
    TooLate,
    UnknownRule,
)
from rounds.planning.reminding.models import MOST_DAYS, PlannedReminder
from rounds.planning.reminding.rules import Rule, rule_called


@service
def switch_reminder(round_id: int, *, rule: str, is_on: bool, actor: User) -> None:
    """Switch one reminder of a round off, or on again; what has gone has gone.

    :param rule: the name of the rule.
    :raises NotAllowed: when the actor may not plan the round.
    :raises UnknownRule: when there is no such rule.
    """
    round_, found = _lock(round_id, rule, actor)
    change = _change(round_, found, actor)
    change.is_on = is_on
    _save(change)


@service
def move_reminder(
    round_id: int, *, rule: str, days: int, at: dt.time, actor: User
) -> PlannedReminder:
    """Let a reminder go so many days from its date, at a time of its own.

    It moves along when the date does.

    :param days: from the date that the rule counts from, negative before it.
    :raises NotAllowed: when the actor may not plan the round.
    :raises UnknownRule: when there is no such rule.
    :raises HasGone: when it has gone to somebody.
    :raises Refused: when it would go in the past, in quiet hours, too late or in another year.
    """
    round_, found = _lock(round_id, rule, actor)
    if Telling.objects.filter(thread=round_.slug, rule=found.name).exists():
        raise HasGone
    if abs(days) > MOST_DAYS:
        raise TooFar
    _check_moment(round_, found, days, at)
    change = _change(round_, found, actor)
    change.days, change.at = days, at
    _save(change)
    return change


@service
def reset_reminder(round_id: int, *, rule: str, actor: User) -> None:
    """Let a reminder go as the portal has it by default, and switch it on.

    :raises NotAllowed: when the actor may not plan the round.
    :raises UnknownRule: when there is no such rule.
    """
    round_, found = _lock(round_id, rule, actor)
    change = _change(round_, found, actor)
    change.is_on, change.days, change.at = True, None, None
    _save(change)


def _lock(round_id: int, name: str, actor: User) -> tuple[Round, Rule]:
    round_ = lock_round(round_id)
    require_permission("rounds.plan_reminders", actor, round_)
    found = rule_called(name)
    if found is None:
        raise UnknownRule
    return round_, found


def _check_moment(round_: Round, rule: Rule, days: int, at: dt.time) -> None:
    anchor = rule.anchor.moment(round_)
    if anchor is None:
        if rule.anchor.is_own:
            return
        raise NoDate
    day = anchor.astimezone(clock.HELSINKI).date() + dt.timedelta(days=days)
    moment = dt.datetime.combine(day, at, tzinfo=clock.HELSINKI)
    if moment <= clock.now():
        raise InThePast
    _check_against(rule.deadline(anchor), moment)
    daytime = next_daytime(moment)
    if rule.kind.in_daytime and daytime != moment:
        raise InQuietHours(
            _(
                "Reminders go out on working days between 8 and 17. "
                "The next such moment is %(moment)s."
            )
            % {"moment": dates.deadline(daytime)}
        )


def _check_against(deadline: dt.datetime, moment: dt.datetime) -> None:
    if moment >= deadline:
        raise TooLate(
            _("This is too late: the letter is of use before %(deadline)s.")
            % {"deadline": dates.deadline(deadline)}
        )


def _change(round_: Round, rule: Rule, actor: User) -> PlannedReminder:
    found = PlannedReminder.objects.filter(round=round_, rule=rule.name).first()
    change = found or PlannedReminder(round=round_, rule=rule.name)
    change.changed_by, change.changed_at = actor, clock.now()
    return change


def _save(change: PlannedReminder) -> None:
    """Keep only what differs from the rule; that it was different once stays in the history."""
    if not change.is_on or change.is_moved:
        change.save()
    elif change.pk:
        change.delete()
