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

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


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
    assert all(letter.expires_at == old_draft.round.call_closes_at for letter in letters)
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
    submit_challenge(old_draft.pk, accepted_terms=True, actor=contact)
    assert reminded_at(old_draft, DAY) == 0


def test_a_draft_without_an_address_goes_to_who_began_it(
    old_draft: Challenge, contact: User
) -> None:
    Challenge.objects.update(contact_email="", deputy_email="")
    assert reminded_at(old_draft, DAY) == 1
    assert Letter.objects.get(kind="draft-reminder").recipient == contact.email
