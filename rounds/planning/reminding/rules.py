"""The rules of a round's letters that go by themselves; each step declares its own.

A rule counts days from one of the round's dates (its anchor) and names the hour. What a rule says
of a day holds for working days: a reminder before a deadline comes earlier rather than on a day
off, a letter after something comes later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from minno_portal import clock
from minno_portal.outbox.kinds import Kind, Text
from minno_portal.workdays import working_day_from, working_day_until
from rounds.planning.models import Round

MORNING = dt.time(9)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a rule counts its days from.

    :param label: what happens then, in words.
    :param moment: when it does in a round, None where the round has no such date (yet).
    :param is_own: each challenge has a date of its own; `moment` gives the next of them.
    """

    name: str
    label: Text
    moment: Callable[[Round], dt.datetime | None]
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One reminder of the plan: which letter, to whom and when.

    :param words: when it goes, in words.
    :param days: from the anchor's day, negative before it.
    :param at: the hour in Helsinki; None for the anchor's own.
    :param lasts: the letter is worth nothing after the anchor and so many days.
    :param count: to how many it would go now; None while that cannot be known.
    """

    name: str
    kind: Kind
    words: Text
    anchor: Anchor
    days: int
    at: dt.time | None = MORNING
    lasts: int = 0
    count: Callable[[Round], int | None] = lambda _round: None

    def moment(
        self, anchor: dt.datetime, days: int | None = None, at: dt.time | None = None
    ) -> dt.datetime:
        """Return when the rule falls due.

        :param anchor: the moment that the days are counted from.
        :param days: instead of the rule's own.
        :param at: instead of the rule's own.
        """
        days, at = self.days if days is None else days, at or self.at
        local = anchor.astimezone(clock.HELSINKI)
        day = local.date() + dt.timedelta(days=days)
        if days:
            day = working_day_until(day) if days < 0 else working_day_from(day)
        time = at or local.time()
        return dt.datetime.combine(day, time, tzinfo=clock.HELSINKI).astimezone(dt.UTC)

    def deadline(self, anchor: dt.datetime) -> dt.datetime:
        """Return the moment after which the letter is worth nothing."""
        return anchor + dt.timedelta(days=self.lasts)


def on_day(field: str, label: Text, *, hour: int = MORNING.hour) -> Anchor:
    """Return the anchor of one of the round's days; it counts as come in the morning.

    :param field: the name of a date of `Round`.
    """

    def moment(round_: Round) -> dt.datetime | None:
        day: dt.date | None = getattr(round_, field)
        return clock.helsinki(day, hour) if day else None

    return Anchor(field, label, moment)


_rules: dict[str, Rule] = {}


def series(*rules: Rule) -> tuple[Rule, ...]:
    """Register rules of which only the newest is true, and return them.

    :raises ValueError: when two rules have one name.
    """
    for rule in rules:
        if _rules.setdefault(rule.name, rule) is not rule:
            raise ValueError(f"two rules are called {rule.name}")
    _series.update(dict.fromkeys((rule.name for rule in rules), rules))
    return rules


_series: dict[str, tuple[Rule, ...]] = {}


def every_rule() -> Iterable[Rule]:
    """Return the rules in the order in which the steps declare them."""
    return _rules.values()


def rule_called(name: str) -> Rule | None:
    """Return the rule of that name, None when there is none (any more)."""
    return _rules.get(name)


def series_of(rule: Rule) -> tuple[Rule, ...]:
    """Return the rules among which `rule` is one."""
    return _series[rule.name]
