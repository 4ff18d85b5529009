from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.planning.models import Round


def write(thread: str, number: int, **fields: Any) -> Letter:
    return Letter.objects.create(
        key=f"{thread}:{number}",
        kind="receipt",
        recipient="contact@example.org",
        language="fi",
        subject=f"Kirje {number}",
        text="Haaste on <b>saapunut</b>.",
        thread=thread,
        message_id=f"{thread}-{number}@example.org",
        **fields,
    )


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_seven_times(
    signed_in: Client, planned_round: Round, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        write(planned_round.slug, number)
    with django_assert_num_queries(7):
        response = signed_in.get(reverse("round-letters", args=(planned_round.slug,)))
    assert len(response.context["page"]) == rows


def test_only_this_rounds_letters_by_state(signed_in: Client, planned_round: Round) -> None:
    write(planned_round.slug, 1)
    sent = write(planned_round.slug, 2, state="sent", sent_at=clock.now())
    write("minno-9-2027", 3)
    url = reverse("round-letters", args=(planned_round.slug,))
    assert len(signed_in.get(url).context["page"]) == 2
    assert list(signed_in.get(url, {"state": "sent"}).context["page"]) == [sent]
    assert len(signed_in.get(url, {"state": "held"}).context["page"]) == 0
    assert len(signed_in.get(url, {"state": "\x00", "page": "x"}).context["page"]) == 2


def test_reading_a_letter(signed_in: Client, planned_round: Round) -> None:
    letter = write(planned_round.slug, 1)
    page = signed_in.get(reverse("round-letter", args=(planned_round.slug, letter.pk)))
    assert "Haaste on &lt;b&gt;saapunut&lt;/b&gt;." in page.content.decode()


def test_a_personal_link_stays_hidden(signed_in: Client, planned_round: Round) -> None:
    letter = write(planned_round.slug, 1, is_secret=True)
    page = signed_in.get(reverse("round-letter", args=(planned_round.slug, letter.pk)))
    assert "saapunut" not in page.content.decode()


def test_another_rounds_letter_is_not_found(signed_in: Client, planned_round: Round) -> None:
    letter = write("minno-9-2027", 1)
    url = reverse("round-letter", args=(planned_round.slug, letter.pk))
    assert signed_in.get(url).status_code == 404


def test_staff_do_not_read_letters(client: Client, staff: User, planned_round: Round) -> None:
    letter = write(planned_round.slug, 1)
    client.force_login(staff)
    url = reverse("round-letter", args=(planned_round.slug, letter.pk))
    assert client.get(url).status_code == 403
