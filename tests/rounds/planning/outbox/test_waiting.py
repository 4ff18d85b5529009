from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation

from minno_portal import clock
from minno_portal.outbox.enums import State
from organisations.models import User
from rounds.planning.models import Round
from rounds.planning.outbox.waiting import letters_waiting
from tests.rounds.planning.outbox.conftest import WriteLetter


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_what_the_first_page_says(
    write: WriteLetter,
    coordinator: User,
    staff: User,
    administrator: User,
    call_round: Round,
    django_assert_num_queries: Any,
) -> None:
    assert list(letters_waiting(coordinator)) == []
    write(State.FAILED)
    write(State.BOUNCED)
    write(State.FAILED, settled_at=clock.now())
    for _ in range(3):
        write(State.HELD)
    write(State.HELD, house=None)
    write(State.QUEUED)
    user = fresh(coordinator)
    assert user.ties
    with django_assert_num_queries(1), translation.override("en"):
        lost, held = letters_waiting(user)
    assert lost.text == "2 letters did not arrive"
    assert lost.url.endswith(f"{call_round.slug}/letters/?look=failed")
    assert lost.thread == call_round.slug
    assert held.text == "3 letters wait for you to send them"
    assert list(letters_waiting(staff)) == list(letters_waiting(administrator)) == []


def test_letters_of_several_rounds_lead_to_all_of_them(
    write: WriteLetter, coordinator: User
) -> None:
    write(State.HELD)
    write(State.HELD, thread="")
    [held] = letters_waiting(coordinator)
    assert held.url == f"{reverse('letters')}?look=waits"
    assert held.thread == ""
