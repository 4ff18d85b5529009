from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.failing import mark_failing
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.planning.models import Round
from rounds.planning.outbox import sending
from tests.rounds.planning.outbox.conftest import WriteLetter


@pytest.fixture
def url(db: None) -> str:
    return reverse("letters-send")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_names_everybody_before_it_sends(
    signed_in: Client, write: WriteLetter, url: str, rows: int, django_assert_num_queries: Any
) -> None:
    letters = [write(State.HELD) for _ in range(rows)]
    mark_failing(letters[0].recipient, "550 5.1.1")
    with django_assert_num_queries(6):
        answer = signed_in.get(url, {"pick": [letter.pk for letter in letters]})
    page = answer.content.decode()
    assert all(letter.recipient in page for letter in letters)
    assert page.count("address-fails") == 1
    assert set(Letter.objects.values_list("state", flat=True)) == {State.HELD}


def test_sending_the_chosen_ones(signed_in: Client, write: WriteLetter, url: str) -> None:
    chosen, other, sent = write(State.HELD), write(State.HELD), write(State.SENT)
    picked = f"{chosen.pk},{sent.pk},,x,{'9' * 30},²"
    answer = signed_in.post(url, {"picked": picked, "back": "look=waits"})
    assert answer.headers["Location"] == f"{reverse('letters')}?look=waits"
    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.state, other.state) == (State.QUEUED, State.HELD)
    assert not signed_in.post(url, {"picked": picked}).context


def test_all_that_the_filters_pass(
    signed_in: Client, write: WriteLetter, url: str, call_round: Round
) -> None:
    first, second, third = (
        write(State.HELD, kind=kind) for kind in ("comment", "comment", "receipt")
    )
    elsewhere = write(State.HELD, kind="comment", thread="minno-9-2020")
    data = {"all": "1", "back": "look=waits&kind=comment", "in": call_round.slug}
    shown = signed_in.get(url, data).context
    assert {letter.pk for letter in shown["letters"]} == {first.pk, second.pk}
    assert shown["back"].startswith(reverse("round-letters", args=(call_round.slug,)))
    everywhere = signed_in.get(url, data | {"in": ""}).context["letters"]
    assert elsewhere.pk in {letter.pk for letter in everywhere}
    assert third.pk not in {letter.pk for letter in everywhere}


def test_too_many_at_once(
    signed_in: Client, write: WriteLetter, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_SENT", 2)
    for _ in range(3):
        write(State.HELD)
    shown = signed_in.get(url, {"all": "1"}).context
    assert len(shown["letters"]) == 2
    assert shown["most"] == 2


def test_those_past_their_time_are_left(signed_in: Client, write: WriteLetter, url: str) -> None:
    late = write(State.HELD, expires_at=clock.now() - dt.timedelta(minutes=1))
    good = write(State.HELD)
    answer = signed_in.post(url, {"picked": f"{late.pk},{good.pk}"})
    assert len(list(get_messages(answer.wsgi_request))) == 2
    late.refresh_from_db()
    assert late.state == State.HELD


@pytest.mark.parametrize(
    "data", [{}, {"pick": "x"}, {"picked": "1e9"}, {"all": "1", "back": "\x00=%", "in": "\x00"}]
)
def test_nothing_to_send(signed_in: Client, url: str, data: dict[str, str]) -> None:
    for answer in (signed_in.get(url, data), signed_in.post(url, data)):
        assert answer.headers["Location"] == reverse("letters")


def test_others_do_not_send(
    client: Client, staff: User, administrator: User, write: WriteLetter, url: str
) -> None:
    letter = write(State.HELD)
    for user in (staff, administrator):
        client.force_login(user)
        assert client.post(url, {"picked": str(letter.pk)}).status_code == 403
    letter.refresh_from_db()
    assert letter.state == State.HELD
