"""After telling: taking part, feedback, a free place, carrying over, the public page."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.content import snapshot
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.services import withdraw_challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.deciding import waiting
from rounds.selection.deciding.dates import confirm_by
from rounds.selection.deciding.errors import EmptyText, NothingToConfirm
from rounds.selection.deciding.models import FeedbackWish, Participation
from rounds.selection.deciding.reminders import remind_of_participations
from tests.cast import on_quiet_weeks
from tests.rounds.selection.conftest import MakeChallenge
from tests.rounds.selection.deciding.conftest import Decided, SetAside

DAY = dt.timedelta(days=1)
LANGUAGES = ["fi", "sv", "en"]


def kinds() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


@pytest.fixture(autouse=True)
def _after_the_call(call_round: Round) -> None:
    """Nothing waits around decisions while the call is open."""
    call_round.call_closes_at = clock.now() - dt.timedelta(hours=1)
    call_round.save()


def lines(provider: Any, user: User) -> list[str]:
    return [line.url for line in provider(User.objects.get(pk=user.pk))]


# --- Taking part ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told_on", "kickoff", "day"),
    [
        (dt.date(2027, 3, 1), dt.date(2027, 4, 12), dt.date(2027, 3, 8)),
        # A week from a Saturday: the Monday after.
        (dt.date(2027, 3, 6), dt.date(2027, 4, 12), dt.date(2027, 3, 15)),
        # The kick-off is on the Tuesday after Easter, so the last working day is Maundy Thursday.
        (dt.date(2027, 3, 22), dt.date(2027, 3, 30), dt.date(2027, 3, 25)),
        # Told on the very weekend before the kick-off: at once.
        (dt.date(2027, 3, 27), dt.date(2027, 3, 30), dt.date(2027, 3, 27)),
    ],
)
def test_a_week_to_confirm_but_before_the_kick_off(
    told_on: dt.date, kickoff: dt.date, day: dt.date
) -> None:
    with clock.playing_at(clock.helsinki(told_on, 10)):
        assert confirm_by(Round(kickoff_on=kickoff)) == day


def test_the_chosen_one_is_asked_by_that_day(told: Decided, call_round: Round) -> None:
    assert told().participation.confirm_by == confirm_by(call_round)


def test_only_the_chosen_ones_association_confirms(
    told: Decided, contact: User, colleague: User, coordinator: User, other_contact: User
) -> None:
    chosen, reserve = told(), told("reserve")
    for person in (coordinator, other_contact):
        with pytest.raises(NotAllowed):
            services.confirm_participation(chosen.pk, actor=person)
    with pytest.raises(NothingToConfirm):
        services.confirm_participation(reserve.pk, actor=contact)
    first = services.confirm_participation(chosen.pk, actor=colleague)
    again = services.confirm_participation(chosen.pk, actor=contact)
    assert (again.confirmed_by, again.confirmed_at) == (colleague, first.confirmed_at)


def test_one_that_loses_its_place_has_nothing_to_confirm(
    told: Decided, call_round: Round, coordinator: User, contact: User
) -> None:
    challenge = told()
    anew = {"outcome": "reserve", "reason": "Syy", "internal_note": ""}
    services.redecide(challenge.pk, **anew, actor=coordinator)
    assert Participation.objects.exists()  # nobody has been told yet
    services.announce_decisions(call_round.pk, actor=coordinator)
    assert not Participation.objects.exists()
    with pytest.raises(NothingToConfirm):
        services.confirm_participation(challenge.pk, actor=contact)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reminder_and_news_fall_due_by_range_and_go_once(
    told: Decided, call_round: Round, contact: User, coordinator: User, language: str
) -> None:
    contact.language = language
    contact.save()
    call_round.partnership.coordinator.language = language
    call_round.partnership.coordinator.save()
    asked = told().participation
    day = asked.confirm_by = on_quiet_weeks(call_round).packet_on
    asked.save()
    queued = []
    for days in (-3, -2, -1, 0, 1, 2):
        with clock.playing_at(clock.helsinki(day + days * DAY, 10)):
            queued += [remind_of_participations(), remind_of_participations()]
    assert queued == [0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    letters = Letter.objects.filter(kind__startswith="participation")
    recipients = list(letters.order_by("pk").values_list("recipient", "language"))
    assert recipients == [(contact.email, language), ("minno@example.org", language)]
    with clock.playing_at(clock.helsinki(day + DAY, 10)):
        assert len(lines(waiting.participations_missing, coordinator)) == 1
        assert len(lines(waiting.participations_to_confirm, contact)) == 1
        services.confirm_participation(Challenge.objects.get().pk, actor=contact)
        assert not lines(waiting.participations_missing, coordinator)
        assert not lines(waiting.participations_to_confirm, contact)


def test_who_has_confirmed_is_not_reminded(told: Decided, contact: User) -> None:
    challenge = told()
    services.confirm_participation(challenge.pk, actor=contact)
    with clock.playing_at(clock.now() + 9 * DAY):
        assert remind_of_participations() == 0


# --- A free place -----------------------------------------------------------------------------


@pytest.mark.parametrize("has_reserve", [True, False])
def test_a_withdrawn_place_is_offered_to_the_next(
    told: Decided,
    agreed: Decided,
    contact: User,
    coordinator: User,
    call_round: Round,
    has_reserve: bool,
) -> None:
    chosen = told()
    reserve = told("reserve") if has_reserve else None
    agreed()
    assert not lines(waiting.places_to_fill, coordinator)
    withdraw_challenge(chosen.pk, actor=contact)
    letter = Letter.objects.get(kind="place-free")
    assert letter.recipient == "minno@example.org"
    expected = []
    if reserve:
        assert reserve.title in letter.text
        expected = [f"{reverse('decision-edit', args=(reserve.pk,))}#promote"]
    assert lines(waiting.places_to_fill, coordinator) == expected
    if reserve:
        services.promote_reserve(reserve.pk, actor=coordinator)
        assert not lines(waiting.places_to_fill, coordinator)


def test_withdrawing_another_frees_no_place(
    told: Decided, contact: User, submitted: MakeChallenge
) -> None:
    for challenge in (told("reserve"), submitted()):
        withdraw_challenge(challenge.pk, actor=contact)
    assert "place-free" not in kinds()


# --- Feedback ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_feedback_is_asked_once_and_answered_by_letter(
    told: Decided, contact: User, coordinator: User, staff: User, language: str
) -> None:
    contact.language = language
    contact.save()
    challenge = told("not_selected")
    with pytest.raises(NotAllowed):
        services.wish_feedback(challenge.pk, question="", actor=coordinator)
    with pytest.raises(WrongState):
        services.answer_wish(challenge.pk, answer="Vastaus", actor=coordinator)
    for question in ("Miksi?", "Toinen"):
        services.wish_feedback(challenge.pk, question=question, actor=contact)
    assert FeedbackWish.objects.get().question == "Miksi?"
    assert lines(waiting.feedback_to_give, coordinator)
    for person in (contact, staff):
        with pytest.raises(NotAllowed):
            services.answer_wish(challenge.pk, answer="Vastaus", actor=person)
    with pytest.raises(EmptyText):
        services.answer_wish(challenge.pk, answer=" ", actor=coordinator)
    services.answer_wish(challenge.pk, answer="Rajatkaa", actor=coordinator)
    with pytest.raises(WrongState):
        services.answer_wish(challenge.pk, answer="Taas", actor=coordinator)
    assert not lines(waiting.feedback_to_give, coordinator)
    assert kinds()[-2:] == ["feedback-wish", "feedback-answer"]
    answer = Letter.objects.get(kind="feedback-answer")
    assert (answer.recipient, answer.language) == (contact.email, language)
    assert "Rajatkaa" in answer.text


def test_no_feedback_before_telling(
    submitted: MakeChallenge, aside: SetAside, contact: User
) -> None:
    challenge = submitted()
    aside(challenge)
    with pytest.raises(WrongState):
        services.wish_feedback(challenge.pk, question="", actor=contact)


def test_asking_and_answering_on_the_pages(
    client: Client, told: Decided, contact: User, coordinator: User, stranger: User
) -> None:
    challenge = told("reserve")
    ask = reverse("feedback-wish", args=(challenge.pk,))
    answer = reverse("feedback-answer", args=(challenge.pk,))
    for person, url, status in (
        (stranger, ask, 404),
        (coordinator, ask, 403),
        (contact, answer, 403),
    ):
        client.force_login(person)
        assert client.get(url).status_code == status
    client.force_login(contact)
    assert ask in client.get(reverse("challenge", args=(challenge.pk,))).content.decode()
    for bad in ("\x00", "x" * 10_000):
        assert client.post(ask, {"question": bad}).context["form"].errors["question"]
    client.post(ask, {"question": "Miksi?"})
    assert client.get(ask).status_code == 302
    client.force_login(coordinator)
    for bad in ("", "\x00", "x" * 10_000):
        assert client.post(answer, {"answer": bad}).context["form"].errors["answer"]
    client.post(answer, {"answer": "Näin"})
    assert client.get(answer).status_code == 200
    client.force_login(contact)
    assert "Näin" in client.get(reverse("challenge", args=(challenge.pk,))).content.decode()


# --- The association's page -------------------------------------------------------------------


def test_the_association_sees_its_decision_and_confirms(
    client: Client, told: Decided, contact: User, call_round: Round
) -> None:
    challenge = told()
    client.force_login(contact)
    url = reverse("challenge", args=(challenge.pk,))
    confirm = reverse("participation-confirm", args=(challenge.pk,))
    page = client.get(url).content.decode()
    assert confirm in page
    assert "minno@example.org" in page
    assert client.get(confirm).status_code == 405
    client.post(confirm)
    assert Participation.objects.get().confirmed_by == contact
    assert confirm not in client.get(url).content.decode()


def test_a_newer_decision_shows_nowhere_before_it_is_told(
    client: Client, told: Decided, contact: User, coordinator: User
) -> None:
    challenge = told("reserve")
    client.force_login(contact)
    urls = [
        reverse("challenge", args=(challenge.pk,)),
        reverse("challenge-history", args=(challenge.pk,)),
        reverse("challenges"),
        reverse("challenge-receipt", args=(challenge.pk,)),
    ]

    def pages() -> list[str]:
        return [without_token(client.get(url).content.decode()) for url in urls]

    before = pages()
    services.promote_reserve(challenge.pk, actor=coordinator)
    assert pages() == before
    services.reopen_decision(challenge.pk, actor=coordinator)
    anew = {"outcome": "not_selected", "reason": "SALAINEN", "internal_note": "SALAINEN"}
    services.redecide(challenge.pk, **anew, actor=coordinator)
    assert pages() == before


def test_taking_back_an_untold_decision_shows_nowhere(
    client: Client, submitted: MakeChallenge, aside: SetAside, contact: User, coordinator: User
) -> None:
    challenge = submitted()
    client.force_login(contact)
    url = reverse("challenge-history", args=(challenge.pk,))
    aside(challenge)
    before = without_token(client.get(url).content.decode())
    services.reopen_decision(challenge.pk, actor=coordinator)
    assert without_token(client.get(url).content.decode()) == before


@pytest.mark.parametrize("is_open", [True, False])
def test_carrying_over_with_one_button(
    client: Client, told: Decided, contact: User, call_round: Round, is_open: bool
) -> None:
    challenge = told("not_selected")
    following = Round.objects.get(pk=call_round.pk)
    following.pk, following.number, following.slug = None, 9, "seuraava"
    following.call_closes_at = clock.now() + 7 * DAY
    if not is_open:
        following.call_opens_at = clock.now() + DAY
    following.save()
    client.force_login(contact)
    page = client.get(reverse("challenge", args=(challenge.pk,))).content.decode()
    copy = reverse("challenge-copy", args=(challenge.pk,))
    assert (f'action="{copy}"' in page) == is_open
    assert following.code in page
    if is_open:
        client.post(copy, {"round": following.pk})
        assert Challenge.objects.filter(round=following, title=challenge.title).exists()


@pytest.mark.parametrize("outcome", ["confirmed", "not_selected"])
def test_query_count_of_a_told_page(
    client: Client, told: Decided, contact: User, outcome: str, django_assert_num_queries: Any
) -> None:
    challenge = told(outcome)
    Revision.objects.create(challenge=challenge, number=1, content=snapshot(challenge))
    client.force_login(contact)
    url = reverse("challenge", args=(challenge.pk,))
    client.get(url)
    # One more than before telling; where another call is sought, two.
    with django_assert_num_queries({"confirmed": 11, "not_selected": 12}[outcome]):
        client.get(url)


# --- The public page --------------------------------------------------------------------------


@pytest.mark.parametrize(("is_told", "permits"), [(False, True), (True, True), (True, False)])
def test_the_public_page_names_the_chosen_after_telling_and_with_permission(
    client: Client,
    agreed: Decided,
    call_round: Round,
    coordinator: User,
    is_told: bool,
    permits: bool,
) -> None:
    challenge = agreed(may_publish=permits)
    url = reverse("public-round", args=(call_round.slug,))
    if is_told:
        services.announce_decisions(call_round.pk, actor=coordinator)
    assert (challenge.title in client.get(url).content.decode()) == (is_told and permits)
