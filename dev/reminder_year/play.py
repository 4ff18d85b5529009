"""Playing the year through, hour by hour, and judging what has gone."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field

from django.core import mail

from dev.reminder_year.outages import Outages, at_random
from dev.reminder_year.world import World
from minno_portal import clock
from minno_portal.outbox.daytime import is_daytime, sending_moment
from minno_portal.outbox.delivery import deliver_letter, recover_letters
from minno_portal.outbox.enums import State
from minno_portal.outbox.kinds import kind_called
from minno_portal.outbox.models import Letter, Telling
from minno_portal.outbox.reminders import queue_due_reminders
from minno_portal.waiting import waiting_for
from organisations.models import User
from organisations.people.digest import digest_day

HOUR = dt.timedelta(hours=1)
DIGEST_FROM, DIGEST_DAYS = 8, 2


@dataclass
class Verdict:
    """What came of it."""

    hours: int = 0
    down: int = 0
    due: int = 0
    possible: int = 0
    letters: int = 0
    missing: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)
    at_night: list[str] = field(default_factory=list)


def play(world: World, first: dt.date, days: int, *, seed: int, outages: int) -> Verdict:
    """Play so many days and return what came of them.

    :param outages: how many of each kind.
    """
    begins = clock.helsinki(first, 0).astimezone(dt.UTC)
    hours = [begins + HOUR * step for step in range(24 * days)]
    down = at_random(random.Random(seed), len(hours), each=outages)  # noqa: S311 (a play)
    mail.outbox = []
    digests = _run(world, hours, down)
    return _judge(world, hours, down, digests)


def _run(world: World, hours: list[dt.datetime], down: Outages) -> set[str]:
    """Let every hour happen; return the keys of the weekly letters that were due."""
    digests: set[str] = set()
    deeds = iter(sorted(world.deeds, key=lambda deed: deed[0]))
    following = next(deeds, None)
    for place, hour in enumerate(hours):
        while following and following[0] <= hour:
            with clock.playing_at(following[0]):
                following[1]()
            following = next(deeds, None)
        with clock.playing_at(hour):
            if down.scans(place):
                digests |= _digests_due(world, hour)
                queue_due_reminders()
            if down.delivers(place):
                for letter_id in recover_letters():
                    deliver_letter(letter_id)
    return digests


def _digests_due(world: World, hour: dt.datetime) -> set[str]:
    """Return whose weekly letter is due in this hour, the first of the week in which scans run."""
    day = digest_day(clock.today())
    ends = clock.helsinki(day + dt.timedelta(days=DIGEST_DAYS), 0)
    if not clock.helsinki(day, DIGEST_FROM) <= hour < ends:
        return set()
    year, week, _weekday = day.isocalendar()
    people = User.objects.filter(pk__in=[person.pk for person in world.party.everybody])
    return {
        f"weekly-digest:{year}-W{week:02d}:{person.pk}"
        for person in people
        if person.weekly_digest_on != day and waiting_for(person)
    }


def _judge(world: World, hours: list[dt.datetime], down: Outages, digests: set[str]) -> Verdict:
    place = {hour: number for number, hour in enumerate(hours)}
    due = [each for each in world.expected if each.window.first <= hours[-1]]
    possible = {
        each.key
        for each in due
        if each.is_possible(
            hours,
            lambda hour: down.scans(place[hour]),
            lambda hour: down.delivers(place[hour]),
        )
    }
    sent = Letter.objects.filter(state=State.SENT)
    told = set(Telling.objects.filter(letter__in=sent).values_list("key", flat=True))
    weekly = set(sent.filter(kind="weekly-digest").values_list("key", flat=True))
    lost = set(Letter.objects.filter(state=State.EXPIRED).values_list("key", flat=True))
    arrived = Counter(message.extra_headers["Message-ID"] for message in mail.outbox)
    return Verdict(
        hours=len(hours),
        down=sum(not down.delivers(number) for number in range(len(hours))),
        due=len(due) + len(digests),
        possible=len(possible) + len(digests - lost),
        letters=sent.count(),
        missing=sorted((possible - told) | (digests - weekly - lost)),
        unexpected=sorted((told - {each.key for each in due}) | (weekly - digests)),
        twice=[key for key, count in arrived.items() if count > 1] + _repeated(),
        expired=[letter.key for letter in sent if _is_late(letter)],
        at_night=[letter.key for letter in sent if _rings_at_night(letter)],
    )


def _repeated() -> list[str]:
    """Return what one reader was told in the same words twice within half a day."""
    letters = Letter.objects.filter(state=State.SENT).exclude(kind="weekly-digest")
    seen: dict[tuple[str, str], dt.datetime] = {}
    found = []
    for letter in letters.order_by("sent_at"):
        what, sent_at = (letter.recipient, letter.text or letter.key), _sent(letter)
        if what in seen and sent_at - seen[what] < dt.timedelta(hours=12):
            found.append(letter.key)
        seen[what] = sent_at
    return found


def _sent(letter: Letter) -> dt.datetime:
    assert letter.sent_at is not None  # noqa: S101 (only sent letters are judged)
    return letter.sent_at


def _is_late(letter: Letter) -> bool:
    return letter.expires_at is not None and _sent(letter) >= letter.expires_at


def _rings_at_night(letter: Letter) -> bool:
    """Whether it went out in quiet hours although it could have waited for the morning."""
    kind = kind_called(letter.kind)
    moment = _sent(letter)
    if kind is None or not kind.in_daytime or is_daytime(moment):
        return False
    return sending_moment(moment, letter.expires_at) > moment
