from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading

import pytest
from django.apps import apps
from django.db import connection, connections

from minno_portal import clock
from minno_portal.errors import NotAllowed
from minno_portal.outbox.models import Letter
from organisations.models import Organisation, User
from rounds.challenges.models import Challenge
from rounds.feedback.models import FeedbackAnswer, FeedbackInvitation
from rounds.feedback.services import (
    AlreadyAnswered,
    EmptyAnswer,
    FeedbackClosed,
    NobodyToAsk,
    UnknownLink,
    answer_feedback,
    ask_feedback,
)
from rounds.planning.models import Round
from tests.rounds.projects.cast import chosen


def tokens() -> dict[tuple[str, str], str]:
    """Return the personal links as the letters carry them, by role and address."""
    links = {}
    for letter in Letter.objects.filter(kind="feedback-request"):
        invitation = FeedbackInvitation.objects.get(pk=int(letter.key.split(":")[1]))
        found = re.search(r"/feedback/([\w-]+)/", letter.text)
        assert found
        links[invitation.role, invitation.email] = found[1]
    return links


def token_of(role: str) -> str:
    return next(token for (asked, _email), token in tokens().items() if asked == role)


def test_everybody_who_took_part_is_asked_once(running: Challenge, coordinator: User) -> None:
    assert ask_feedback(running.round_id, actor=coordinator) == 5
    assert set(tokens()) == {
        ("association", "contact1@example.org"),
        ("association", "deputy1@example.org"),
        ("team", "team1@example.org"),
        ("tutor", "tutor@example.org"),
        ("coordinator", coordinator.email),
    }
    assert ask_feedback(running.round_id, actor=coordinator) == 0
    assert Letter.objects.count() == 5


def test_who_comes_later_is_asked_later(
    running: Challenge, other_association: Organisation, coordinator: User
) -> None:
    ask_feedback(running.round_id, actor=coordinator)
    chosen(running.round, other_association, coordinator, number=2, status="completed")
    # The tutor of both teams and the coordinator have their links already.
    assert ask_feedback(running.round_id, actor=coordinator) == 3


def test_each_is_asked_in_the_own_language(running: Challenge, coordinator: User) -> None:
    User.objects.create_user("deputy1@example.org", language="sv")
    Challenge.objects.update(working_language="en")
    ask_feedback(running.round_id, actor=coordinator)
    languages = dict(Letter.objects.values_list("recipient", "language"))
    assert languages["deputy1@example.org"] == "sv"
    assert languages["team1@example.org"] == "en"
    assert languages["contact1@example.org"] == "fi"
    swedish = Letter.objects.get(recipient="deputy1@example.org")
    assert "/sv/feedback/" in swedish.text


def test_only_the_hash_of_a_link_is_stored(running: Challenge, coordinator: User) -> None:
    ask_feedback(running.round_id, actor=coordinator)
    token = token_of("team")
    stored = FeedbackInvitation.objects.get(role="team").token_hash
    assert stored == hashlib.sha256(token.encode()).hexdigest()
    letter = Letter.objects.get(recipient="team1@example.org")
    assert letter.is_secret
    assert letter.expires_at == clock.helsinki(running.round.feedback_on + dt.timedelta(days=1), 0)


@pytest.mark.parametrize("who", ["staff", "contact", "administrator", "stranger"])
def test_only_the_coordinator_asks(
    running: Challenge, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        ask_feedback(running.round_id, actor=request.getfixturevalue(who))
    assert not FeedbackInvitation.objects.exists()


def test_nobody_is_asked_before_projects(call_round: Round, coordinator: User) -> None:
    with pytest.raises(NobodyToAsk):
        ask_feedback(call_round.pk, actor=coordinator)


def test_the_form_closes_at_the_end_of_the_day_in_helsinki(
    running: Challenge, coordinator: User
) -> None:
    ask_feedback(running.round_id, actor=coordinator)
    end = clock.helsinki(running.round.feedback_on + dt.timedelta(days=1), 0)
    with clock.playing_at(end - dt.timedelta(seconds=1)):
        answer_feedback(token_of("team"), ratings={"clear": 5}, texts={})
    with clock.playing_at(end):
        with pytest.raises(FeedbackClosed):
            answer_feedback(token_of("tutor"), ratings={"fit": 5}, texts={})
        with pytest.raises(FeedbackClosed):
            ask_feedback(running.round_id, actor=coordinator)


def test_an_answer_is_taken_once(running: Challenge, coordinator: User) -> None:
    ask_feedback(running.round_id, actor=coordinator)
    token = token_of("team")
    answer_feedback(
        token, ratings={"clear": 4, "again": 5}, texts={"good": " Kiitos ", "better": ""}
    )
    answer = FeedbackAnswer.objects.get()
    assert (answer.role, answer.ratings) == ("team", {"clear": 4, "again": 5})
    assert answer.texts == {"good": "Kiitos"}
    with pytest.raises(AlreadyAnswered):
        answer_feedback(token, ratings={"clear": 1}, texts={})
    assert FeedbackAnswer.objects.get().ratings["clear"] == 4


@pytest.mark.parametrize(
    ("ratings", "texts"),
    [({}, {}), ({"clear": 9}, {}), ({"unknown": 3}, {"unknown": "x"}), ({}, {"good": "  "})],
)
def test_nothing_is_no_answer(
    running: Challenge, coordinator: User, ratings: dict[str, int], texts: dict[str, str]
) -> None:
    ask_feedback(running.round_id, actor=coordinator)
    with pytest.raises(EmptyAnswer):
        answer_feedback(token_of("team"), ratings=ratings, texts=texts)
    assert not FeedbackInvitation.objects.filter(is_answered=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x", "a\x00b", "\ud800", "ä" * 500])
def test_an_unknown_link_is_refused(token: str) -> None:
    with pytest.raises(UnknownLink):
        answer_feedback(token, ratings={"clear": 5}, texts={})


def test_nothing_in_the_database_ties_an_answer_to_a_person(
    running: Challenge, coordinator: User
) -> None:
    ask_feedback(running.round_id, actor=coordinator)
    known = set(_whole_database())
    for role in ("team", "tutor", "association"):
        answer_feedback(token_of(role), ratings={"again": 5}, texts={"good": f"salaisuus {role}"})
    new = [row for row in _whole_database() if row not in known]
    # What changed: the answers, and that three invitations are used. No event, letter or log.
    assert {table for table, _row in new} == {
        FeedbackAnswer._meta.db_table,
        FeedbackInvitation._meta.db_table,
    }
    fields = {field.name for field in FeedbackAnswer._meta.get_fields()}
    assert fields == {"id", "round", "role", "ratings", "texts"}
    used = FeedbackInvitation._meta.get_fields()
    assert {field.name for field in used if field.is_relation} == {"round"}
    assert not [
        model
        for model in apps.get_models()
        if model.__name__ in {"FeedbackAnswerEvent", "FeedbackInvitationEvent"}
    ]
    assert {letter.about for letter in Letter.objects.all()} == {running.round}


def _whole_database() -> list[tuple[str, str]]:
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            rows += [(table, row[0]) for row in cursor.fetchall()]
    return rows


@pytest.mark.django_db(transaction=True)
def test_row_versions_do_not_tell_who_answered_what(running: Challenge, coordinator: User) -> None:
    ask_feedback(running.round_id, actor=coordinator)
    for role in ("team", "association", "tutor", "coordinator"):
        key = {"team": "clear", "association": "giving", "tutor": "fit", "coordinator": "workload"}
        answer_feedback(token_of(role), ratings={key[role]: 3}, texts={})
    with connection.cursor() as cursor:
        table = FeedbackAnswer._meta.db_table
        cursor.execute(f'SELECT xmin::text, id FROM "{table}" ORDER BY ctid')
        rows = cursor.fetchall()
    assert len({xmin for xmin, _id in rows}) == 1
    ids = [answer_id for _xmin, answer_id in rows]
    assert len(ids) == 4
    assert ids == sorted(ids)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_answer_at_once_and_one_counts(running: Challenge, coordinator: User) -> None:
    ask_feedback(running.round_id, actor=coordinator)
    token = token_of("team")
    barrier, results = threading.Barrier(4), []

    def answer() -> None:
        try:
            barrier.wait()
            answer_feedback(token, ratings={"clear": 5}, texts={})
            results.append("taken")
        except AlreadyAnswered:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["refused", "refused", "refused", "taken"]
    assert FeedbackAnswer.objects.count() == 1
