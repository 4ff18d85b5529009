"""When each rule of a round falls due, with what its coordinator has changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from minno_portal import clock
from minno_portal.outbox.daytime import sending_moment
from rounds.planning.models import Round
from rounds.planning.reminding.models import PlannedReminder
from rounds.planning.reminding.rules import Rule, series_of


@dataclass(frozen=True, slots=True)
class Fallen:
    """A rule that falls due: at which moment, and until when its letter is worth something."""

    rule: Rule
    at: dt.datetime
    expires_at: dt.datetime

    @property
    def goes_at(self) -> dt.datetime:
        """When the letter goes out: in the daytime, where its kind waits for that."""
        if not self.rule.kind.in_daytime:
            return self.at
        return sending_moment(self.at, self.expires_at)

    @property
    def may_go_now(self) -> bool:
        """Whether the letter could go out at this moment."""
        moment = clock.now()
        if not self.at <= moment < self.expires_at:
            return False
        in_daytime = self.rule.kind.in_daytime
        return not in_daytime or sending_moment(moment, self.expires_at) == moment


def any_may_go(fallen: Iterable[Fallen]) -> bool:
    """Whether one of these could go out now: if not, nobody need be asked who gets it."""
    return any(each.may_go_now for each in fallen)


class Plan:
    """The reminder plan of one round."""

    def __init__(self, changes: Mapping[str, PlannedReminder] | None = None) -> None:
        self.changes = changes or {}

    def is_on(self, rule: Rule) -> bool:
        """Whether the rule's letters go out."""
        change = self.changes.get(rule.name)
        return change is None or change.is_on

    def moment(self, rule: Rule, anchor: dt.datetime) -> dt.datetime:
        """Return when the rule falls due for something with this date."""
        change = self.changes.get(rule.name)
        if change is None or change.days is None:
            return rule.moment(anchor)
        return rule.moment(anchor, change.days, change.at)

    def falls(self, rule: Rule, anchor: dt.datetime) -> Fallen:
        """Return when the rule falls due and until when: the next one of its series ends it."""
        mine = (self.moment(rule, anchor), rule.days)
        later = [
            moment
            for other in series_of(rule)
            if other is not rule
            and self.is_on(other)
            and (moment := self.moment(other, anchor), other.days) > mine
        ]
        return Fallen(rule, mine[0], min([*later, rule.deadline(anchor)]))

    def due(self, rules: Sequence[Rule], anchor: dt.datetime | None) -> Fallen | None:
        """Return the newest of a series that falls due before the day is over; none after its time.

        Of several missed reminders only the newest is still true.

        :param rules: a series.
        :param anchor: the moment that the days are counted from.
        """
        if anchor is None:
            return None
        end = clock.helsinki(clock.today() + dt.timedelta(days=1), 0)
        fallen = [self.falls(rule, anchor) for rule in rules if self.is_on(rule)]
        passed = [each for each in fallen if each.at < end]
        newest = max(passed, key=lambda each: (each.at, each.rule.days), default=None)
        return newest if newest and newest.expires_at > clock.now() else None


def plans_of(rounds: Iterable[Round]) -> dict[int, Plan]:
    """Return the plans of rounds by their ids (one query)."""
    ids = {round_.pk for round_ in rounds}
    changes: dict[int, dict[str, PlannedReminder]] = defaultdict(dict)
    for change in PlannedReminder.objects.filter(round__in=ids) if ids else ():
        changes[change.round_id][change.rule] = change
    return {pk: Plan(changes[pk]) for pk in ids}
