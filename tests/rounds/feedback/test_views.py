from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.outbox.models import Letter
from minno_portal.waiting import waiting_for
from organisations.models import Organisation, User
from rounds.challenges.models import Challenge
from rounds.feedback.handlers import feedback_to_ask
from rounds.feedback.models import FeedbackAnswer, FeedbackInvitation
from rounds.feedback.services import ask_feedback
from rounds.planning.mine import rounds_of
from rounds.planning.models import Round
from tests.rounds.feedback.test_services import token_of
from tests.rounds.projects.cast import chosen

QUERIES = 12


@pytest.fixture
def link(running: Challenge, coordinator: User) -> str:
    """The team's personal link."""
    ask_feedback(running.round_id, actor=coordinator)
    return reverse("feedback", args=(token_of("team"),))


def test_the_form_opens_without_an_account_and_stays_private(client: Client, link: str) -> None:
    response = client.get(link)
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count('type="radio"') == 5 * 5
    assert page.count("<textarea") == 2
    assert 'content="noindex' in page
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["unknown", "%00", "a" * 900])
def test_an_unknown_link_is_not_found(client: Client, token: str) -> None:
    assert client.get(f"/feedback/{token}/").status_code == 404
    assert client.post(f"/feedback/{token}/", {"rating-clear": "5"}).status_code == 404


def test_answering_thanks_and_works_once(client: Client, link: str) -> None:
    values = {"rating-clear": "5", "rating-again": "", "text-good": "Hyvä ohjaus"}
    response = client.post(link, values)
    assert response.status_code == 302
    assert response["Location"] == reverse("feedback-thanks")
    thanks = client.get(response["Location"])
    assert thanks.status_code == 200
    answer = FeedbackAnswer.objects.get()
    assert (answer.ratings, answer.texts) == ({"clear": 5}, {"good": "Hyvä ohjaus"})
    for again in (client.get(link), client.post(link, values)):
        assert again.status_code == 200
        assert again.context["state"] == "answered"
    assert FeedbackAnswer.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"rating-clear": "6"},
        {"rating-clear": "x"},
        {"text-good": "x" * 2001},
        {"text-good": "\x00"},
    ],
)
def test_a_wrong_answer_is_shown_again(client: Client, link: str, values: dict[str, str]) -> None:
    response = client.post(link, values)
    assert response.status_code == 200
    if values:
        assert response.context["form"].errors
    assert not FeedbackAnswer.objects.exists()


def test_an_empty_post_is_said(client: Client, link: str) -> None:
    response = client.post(link, {"text-good": ""})
    assert response.context["form"].non_field_errors()


def test_after_the_day_the_form_is_closed(client: Client, link: str, running: Challenge) -> None:
    with clock.playing_at(clock.helsinki(running.round.feedback_on + dt.timedelta(days=1), 0)):
        assert client.get(link).context["state"] == "closed"
        assert client.post(link, {"rating-clear": "5"}).context["state"] == "closed"
    assert not FeedbackAnswer.objects.exists()


def test_a_signed_in_person_leaves_no_trace(
    client: Client, link: str, contact: User, coordinator: User
) -> None:
    client.force_login(contact)
    client.post(link, {"rating-clear": "5"})
    assert FeedbackAnswer.objects.get().role == "team"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_at_any_length(
    client: Client,
    call_round: Round,
    association: Organisation,
    coordinator: User,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(rows):
        chosen(call_round, association, coordinator, number=number + 1, status="running")
    client.force_login(coordinator)
    url = reverse("round-feedback", args=(call_round.slug,))
    client.get(url)
    with django_assert_num_queries(QUERIES):
        response = client.get(url)
    assert len(response.context["to_ask"]) == 3 * rows + 2


def test_the_page_shows_who_gets_what_before_sending(
    client: Client, running: Challenge, coordinator: User
) -> None:
    client.force_login(coordinator)
    url = reverse("round-feedback", args=(running.round.slug,))
    page = client.get(url).content.decode()
    for address in ("contact1@example.org", "deputy1@example.org", "team1@example.org"):
        assert address in page
    assert "/feedback/****/" in page
    assert not Letter.objects.exists()
    response = client.post(reverse("feedback-ask", args=(running.round.slug,)), follow=True)
    assert Letter.objects.count() == FeedbackInvitation.objects.count() == 5
    assert response.context["to_ask"] == []
    assert "contact1@example.org" not in response.content.decode()


def test_staff_read_and_do_not_ask(
    client: Client, running: Challenge, staff: User, administrator: User, stranger: User
) -> None:
    ask = reverse("feedback-ask", args=(running.round.slug,))
    page = reverse("round-feedback", args=(running.round.slug,))
    for user in (staff, administrator):
        client.force_login(user)
        assert client.get(page).context["to_ask"] == []
        assert client.post(ask).status_code == 403
    client.force_login(stranger)
    assert client.post(ask).status_code == 404
    assert client.get(ask).status_code == 405


def test_too_early_is_said(client: Client, call_round: Round, coordinator: User) -> None:
    client.force_login(coordinator)
    response = client.post(reverse("feedback-ask", args=(call_round.slug,)), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_small_groups_say_why_they_are_hidden(
    client: Client, link: str, running: Challenge, coordinator: User
) -> None:
    Client().post(link, {"text-good": "tunnistettava lause"})
    client.force_login(coordinator)
    page = client.get(reverse("round-feedback", args=(running.round.slug,))).content.decode()
    assert "tunnistettava lause" not in page
    for result in range(3):
        FeedbackAnswer.objects.create(
            round=running.round,
            role="team",
            ratings={"clear": 4},
            texts={"good": f"lause {result}"},
        )
    FeedbackInvitation.objects.update(is_answered=True)
    for number in range(3):
        FeedbackInvitation.objects.create(
            round=running.round,
            role="team",
            email=f"t{number}@example.org",
            token_hash=str(number),
            is_answered=True,
        )
    page = client.get(reverse("round-feedback", args=(running.round.slug,))).content.decode()
    assert "tunnistettava lause" in page
    assert "1: 0, 2: 0, 3: 0, 4: 3, 5: 0" in page


def test_the_desk_reminds_from_the_fest_to_the_feedback_day(
    running: Challenge, coordinator: User, staff: User, django_assert_num_queries: Any
) -> None:
    url = reverse("round-feedback", args=(running.round.slug,))
    assert url not in [line.url for line in waiting_for(coordinator)]
    with clock.playing_at(clock.helsinki(running.round.fest_on, 12)):
        _ = rounds_of(coordinator), rounds_of(staff)
        with django_assert_num_queries(1):
            assert [line.url for line in feedback_to_ask(coordinator)] == [url]
        with django_assert_num_queries(0):
            assert list(feedback_to_ask(staff)) == []
        ask_feedback(running.round_id, actor=coordinator)
        assert list(feedback_to_ask(coordinator)) == []
