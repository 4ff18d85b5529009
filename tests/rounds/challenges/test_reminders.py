"""Drafts are reminded a week and a day before the call closes, each once."""

from __future__ import annotations

import datetime as dt

import pytest

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.reminders import queue_call_reminders
from rounds.challenges.services import submit_challenge
from rounds.planning.models import Round

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


# A Thursday, with nothing but working days around the days on which reminders fall due.
CLOSES = clock.helsinki(dt.date(2027, 2, 11), 16)


@pytest.fixture
def draft(draft: Challenge) -> Challenge:
    """A draft whose call closes on a Thursday afternoon."""
    days = [CLOSES.date() + week * 7 * DAY for week in (2, 3, 6)]
    Round.objects.update(
        call_opens_at=CLOSES - 21 * DAY,
        call_closes_at=CLOSES,
        published_at=CLOSES - 21 * DAY,
        packet_on=days[0],
        decisions_on=days[1],
        kickoff_on=days[2],
        contract_on=days[2] + 14 * DAY,
        midreview_on=days[2] + 21 * DAY,
        fest_on=days[2] + 42 * DAY,
        feedback_on=days[2] + 49 * DAY,
        evaluation_on=days[2] + 70 * DAY,
    )
    return Challenge.objects.select_related("round__partnership").get(pk=draft.pk)


@pytest.fixture
def old_draft(draft: Challenge) -> Challenge:
    """A draft begun two weeks before its call closes."""
    Challenge.objects.filter(pk=draft.pk).update(created_at=draft.round.call_closes_at - 14 * DAY)
    draft.refresh_from_db()
    return draft


def reminded_at(draft: Challenge, before: dt.timedelta) -> int:
    with clock.playing_at(draft.round.call_closes_at - before):
        return queue_call_reminders()


def test_once_a_week_before_and_once_a_day_before(old_draft: Challenge, contact: User) -> None:
    sent = [
        reminded_at(old_draft, before)
        for before in (7 * DAY + HOUR, 7 * DAY, 6 * DAY, DAY + HOUR, DAY, HOUR)
    ]
    assert sent == [0, 1, 0, 0, 1, 0]
    letters = Letter.objects.filter(kind="draft-reminder").order_by("pk")
    assert [letter.recipient for letter in letters] == [contact.email] * 2
    # The next reminder ends the one before it.
    assert [letter.expires_at for letter in letters] == [CLOSES - DAY, CLOSES]
    assert old_draft.title in letters[0].text


def test_after_days_without_a_worker_only_the_newest_is_sent(old_draft: Challenge) -> None:
    assert reminded_at(old_draft, HOUR) == 1


def test_not_after_the_deadline(old_draft: Challenge) -> None:
    assert reminded_at(old_draft, -HOUR) == 0


def test_not_of_a_draft_begun_after_the_reminder_fell_due(draft: Challenge) -> None:
    Challenge.objects.filter(pk=draft.pk).update(created_at=draft.round.call_closes_at - 2 * DAY)
    assert reminded_at(draft, DAY + HOUR) == 0
    assert reminded_at(draft, HOUR) == 1


def test_not_of_what_was_submitted(old_draft: Challenge, contact: User) -> None:
    with clock.playing_at(CLOSES - 3 * DAY):
        submit_challenge(old_draft.pk, accepted_terms=True, actor=contact)
    assert reminded_at(old_draft, DAY) == 0


def test_a_draft_without_an_address_goes_to_who_began_it(
    old_draft: Challenge, contact: User
) -> None:
    Challenge.objects.update(contact_email="", deputy_email="")
    assert reminded_at(old_draft, DAY) == 1
    assert Letter.objects.get(kind="draft-reminder").recipient == contact.email


def test_on_a_day_off_a_reminder_comes_earlier(old_draft: Challenge) -> None:
    # The call closes on a Monday: a day before it is a Sunday.
    Round.objects.update(call_closes_at=CLOSES + 4 * DAY)
    friday = clock.helsinki(dt.date(2027, 2, 12), 16)
    queued = []
    for moment in (friday - HOUR, friday, friday + 2 * DAY):
        with clock.playing_at(moment):
            queued.append(queue_call_reminders())
    # Before it the week’s reminder was due and had been missed.
    assert queued == [0, 1, 0]
    assert "15.2.2027" in Letter.objects.get().text


def test_one_letter_for_all_drafts_of_a_person(old_draft: Challenge, contact: User) -> None:
    other = Challenge.objects.get(pk=old_draft.pk)
    other.pk, other._state.adding, other.title = None, True, "Toinen luonnos"
    other.save()
    assert reminded_at(old_draft, DAY) == 1
    letter = Letter.objects.get()
    assert {old_draft.title in letter.text, "Toinen luonnos" in letter.text} == {True}
    assert letter.tellings.count() == 2
    assert reminded_at(old_draft, HOUR) == 0


def test_not_in_the_night_though_it_was_missed(old_draft: Challenge) -> None:
    week = CLOSES - 7 * DAY
    asked = []
    for moment in (week + 3 * HOUR, week + 14 * HOUR, week + 16 * HOUR, week + 17 * HOUR):
        with clock.playing_at(moment):
            asked.append(queue_call_reminders())
    assert asked == [0, 0, 1, 0]
