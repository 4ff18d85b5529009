"""The one reminder of feedback: a second link to the same invitation, and to no answer."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.feedback.models import FeedbackAnswer, FeedbackInvitation
from rounds.feedback.reminders import FEEDBACK, FEEDBACK_DAY, remind_of_feedback
from rounds.feedback.services import AlreadyAnswered, answer_feedback, ask_feedback, invitation_for
from rounds.planning.models import Round
from tests.rounds.projects.cast import chosen

DAY = dt.timedelta(days=1)


@pytest.fixture
def asked(running: Challenge, coordinator: User) -> Round:
    round_: Round = running.round
    with clock.playing_at(clock.helsinki(round_.fest_on, 12)):
        ask_feedback(round_.pk, actor=coordinator)
    Round.objects.filter(pk=round_.pk).update(feedback_on=round_.fest_on + 14 * DAY)
    Round.objects.filter(pk=round_.pk).update(evaluation_on=round_.fest_on + 30 * DAY)
    round_.refresh_from_db()
    return round_


def due(round_: Round) -> dt.datetime:
    anchor = FEEDBACK_DAY.moment(round_)
    assert anchor
    return FEEDBACK[0].moment(anchor)


def links(kind: str, email: str) -> list[str]:
    letter = Letter.objects.get(kind=kind, recipient=email)
    return re.findall(r"/feedback/([\w-]+)/", letter.text)


def test_who_has_not_answered_is_reminded_once_and_both_links_work(asked: Round) -> None:
    email = "contact1@example.org"
    (first,) = links("feedback-request", email)
    with clock.playing_at(due(asked)):
        answer_feedback(
            links("feedback-request", "team1@example.org")[0],
            ratings={},
            texts={"good": "Hyvin sujui"},
        )
        assert [remind_of_feedback(), remind_of_feedback()] == [4, 0]
        assert not Letter.objects.filter(
            kind="feedback-reminder", recipient="team1@example.org"
        ).exists()
        (second,) = links("feedback-reminder", email)
        assert second != first
        assert invitation_for(first) == invitation_for(second)
        answer_feedback(second, ratings={}, texts={"good": "Kiitos"})
        with pytest.raises(AlreadyAnswered):
            answer_feedback(first, ratings={}, texts={"good": "Taas"})
    assert FeedbackAnswer.objects.count() == 2


def test_the_link_stays_with_the_reader_alone(asked: Round) -> None:
    with clock.playing_at(due(asked)):
        remind_of_feedback()
    letters = Letter.objects.filter(kind="feedback-reminder")
    assert letters
    assert all(letter.is_secret and letter.about == asked for letter in letters)
    invitation = FeedbackInvitation.objects.get(email="contact1@example.org")
    assert links("feedback-reminder", invitation.email)[0] not in str(vars(invitation))


def test_two_roles_are_one_letter(
    asked: Round, other_association: Organisation, coordinator: User
) -> None:
    other = chosen(
        asked, other_association, coordinator, number=2, status=Status.RUNNING, team=False
    )
    Challenge.objects.filter(pk=other.pk).update(contact_email="team1@example.org")
    with clock.playing_at(clock.helsinki(asked.fest_on, 13)):
        ask_feedback(asked.pk, actor=coordinator)
    with clock.playing_at(due(asked)):
        remind_of_feedback()
    assert len(links("feedback-reminder", "team1@example.org")) == 2


def test_who_was_asked_just_now_is_not_reminded(asked: Round) -> None:
    FeedbackInvitation.objects.update(created_at=due(asked) - DAY)
    with clock.playing_at(due(asked)):
        assert remind_of_feedback() == 0


def test_not_after_the_last_day(asked: Round) -> None:
    with clock.playing_at(clock.helsinki(asked.feedback_on + DAY, 10)):
        assert remind_of_feedback() == 0
