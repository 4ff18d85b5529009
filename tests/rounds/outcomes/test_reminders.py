"""The questions three, six and twelve months after the fest."""

from __future__ import annotations

import datetime as dt

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.outcomes.reminders import ask_what_became
from rounds.planning.models import Round
from tests.rounds.projects.cast import chosen

DAY = dt.timedelta(days=1)


def queued(day: dt.date, hour: int = 10) -> int:
    with clock.playing_at(clock.helsinki(day, hour)):
        return ask_what_became()


def test_each_is_asked_once_also_from_the_archive(
    call_round: Round, association: Organisation, coordinator: User
) -> None:
    Round.objects.update(announced_at=clock.now(), archived_at=clock.now())
    chosen(call_round, association, coordinator, status=Status.COMPLETED, team=False)
    chosen(call_round, association, coordinator, number=2, team=False)
    for day in call_round.follow_ups:
        assert [queued(day, 8), queued(day), queued(day, 12)] == [0, 2, 0]
    assert Letter.objects.count() == 6
    letter = Letter.objects.filter(recipient="contact1@example.org").first()
    assert letter
    assert "Haaste 1" in letter.text
    assert letter.reply_to == call_round.partnership.reply_to


def test_missed_by_five_days_it_is_asked_by_two_months_it_is_not(
    call_round: Round, association: Organisation, coordinator: User
) -> None:
    Round.objects.update(announced_at=clock.now())
    chosen(call_round, association, coordinator, status=Status.COMPLETED, team=False)
    first, second, _third = call_round.follow_ups
    assert queued(first + 40 * DAY) == 0
    late = [queued(second + days * DAY) for days in range(5, 10)]
    assert sum(late) == 2
