from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.handling import edit_letter
from minno_portal.outbox.models import Letter
from minno_portal.outbox.transitions import TABLE
from organisations.models import User
from tests.hostile import PAYLOADS, what_runs
from tests.rounds.planning.outbox.conftest import WriteLetter

PAGES = ("letter", "letter-edit", "letter-again")
ACTS = ("letter-cancel", "letter-settle")


def said(response: HttpResponse) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_reading_a_letter(signed_in: Client, write: WriteLetter) -> None:
    letter = write(State.FAILED, attempts=3, last_error="550 5.1.1 unknown", recipient_name="Aino")
    with translation.override("en"):
        page = signed_in.get(reverse("letter", args=(letter.pk,))).content.decode()
    assert "Haaste on &lt;b&gt;saapunut&lt;/b&gt;." in page
    assert "there is no such address" in page
    assert "550 5.1.1 unknown" in page
    assert "&lt;1@example.org&gt;" in page
    assert "Aino &lt;reader1@example.org&gt;" in page


@pytest.mark.parametrize("state", State.values)
def test_the_page_in_each_state_offers_what_the_table_allows(
    signed_in: Client, write: WriteLetter, state: str
) -> None:
    letter = write(state)
    page = signed_in.get(reverse("letter", args=(letter.pk,))).content.decode()
    shown = {
        "edit": reverse("letter-edit", args=(letter.pk,)),
        "let_go": reverse("letters-send"),
        "cancel": reverse("letter-cancel", args=(letter.pk,)),
        "send_again": reverse("letter-again", args=(letter.pk,)),
        "settle": reverse("letter-settle", args=(letter.pk,)),
    }
    for action, address in shown.items():
        assert (f'"{address}"' in page) == (TABLE.find(state, action) is not None), action


def test_the_page_asks_a_fixed_number_of_times(
    signed_in: Client, write: WriteLetter, coordinator: User, django_assert_num_queries: Any
) -> None:
    letter = write(State.FAILED, edited_by=coordinator, edited_at=clock.now())
    for number in range(3):
        write(key=f"{letter.key}:again:{number}")
    with django_assert_num_queries(7):
        signed_in.get(reverse("letter", args=(letter.pk,)))


@pytest.mark.parametrize("name", PAGES)
def test_a_personal_link_stays_hidden(signed_in: Client, write: WriteLetter, name: str) -> None:
    for state in (State.HELD, State.FAILED):
        letter = write(state, is_secret=True)
        answer = signed_in.get(reverse(name, args=(letter.pk,)), follow=True)
        assert "saapunut" not in answer.content.decode()


def test_an_emptied_letter_says_so(signed_in: Client, write: WriteLetter) -> None:
    letter = write(State.FAILED, text="", html="")
    page = signed_in.get(reverse("letter", args=(letter.pk,)))
    assert reverse("letter-again", args=(letter.pk,)) not in page.content.decode()
    refused = signed_in.get(reverse("letter-again", args=(letter.pk,)))
    assert refused.status_code == 302
    posted = signed_in.post(
        reverse("letter-again", args=(letter.pk,)), {"recipient": "a@example.org"}
    )
    assert posted.status_code == 200
    assert posted.context["form"].non_field_errors()


@pytest.mark.parametrize("name", [*PAGES, *ACTS])
def test_who_gets_in(
    client: Client, write: WriteLetter, staff: User, stranger: User, administrator: User, name: str
) -> None:
    letter = write(State.HELD)
    method = client.post if name in ACTS else client.get
    for user, status in ((staff, 404), (stranger, 404), (administrator, 403)):
        client.force_login(user)
        expected = 200 if (user, name) == (administrator, "letter") else status
        assert method(reverse(name, args=(letter.pk,))).status_code == expected
    letter.refresh_from_db()
    assert letter.state == State.HELD


def test_editing(signed_in: Client, write: WriteLetter, coordinator: User) -> None:
    letter = write(State.HELD)
    url = reverse("letter-edit", args=(letter.pk,))
    form = signed_in.get(url).context["form"]
    assert form.initial["text"] == letter.text
    answer = signed_in.post(url, {"subject": "Uusi", "text": "Rivi 1\r\n\r\nRivi 2", "seen": ""})
    assert answer.status_code == 302
    letter.refresh_from_db()
    assert (letter.subject, letter.text) == ("Uusi", "Rivi 1\n\nRivi 2\n")
    assert letter.edited_by == coordinator


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"subject": "", "text": "x"}, "subject"),
        ({"subject": "x" * 201, "text": "x"}, "subject"),
        ({"subject": "x", "text": " \n "}, "text"),
        ({"subject": "x", "text": "\u202e"}, "text"),
        ({"subject": "x", "text": "x" * 10_001}, "text"),
        ({"subject": "a\x00b", "text": "x"}, "subject"),
    ],
)
def test_what_cannot_be_saved(
    signed_in: Client, write: WriteLetter, data: dict[str, str], field: str
) -> None:
    letter = write(State.HELD)
    answer = signed_in.post(reverse("letter-edit", args=(letter.pk,)), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    letter.refresh_from_db()
    assert letter.edited_at is None


def test_somebody_else_was_faster(signed_in: Client, write: WriteLetter, coordinator: User) -> None:
    letter = write(State.HELD)
    url = reverse("letter-edit", args=(letter.pk,))
    edit_letter(letter.pk, subject="Heidän", text="Heidän teksti", seen="", actor=coordinator)
    answer = signed_in.post(url, {"subject": "Minun", "text": "Minun teksti", "seen": ""})
    page = answer.content.decode()
    assert "Minun teksti" in page
    assert "Heidän teksti" in page
    form = answer.context["form"]
    again = {"subject": "Minun", "text": "Minun teksti", "seen": form["seen"].value()}
    assert signed_in.post(url, again).status_code == 302
    letter.refresh_from_db()
    assert letter.subject == "Minun"


def test_a_sent_letter_is_not_edited(signed_in: Client, write: WriteLetter) -> None:
    url = reverse("letter-edit", args=(write(State.SENT).pk,))
    assert signed_in.get(url).status_code == 302
    answer = signed_in.post(url, {"subject": "Uusi", "text": "Uusi"})
    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_hostile_texts_are_shown_as_they_are(
    signed_in: Client, write: WriteLetter, name: str
) -> None:
    letter = write(State.HELD)
    data = {"subject": PAYLOADS[name], "text": PAYLOADS[name]}
    answer = signed_in.post(reverse("letter-edit", args=(letter.pk,)), data, follow=True)
    assert answer.status_code == 200
    assert not what_runs(answer.content.decode())


def test_sending_again(signed_in: Client, write: WriteLetter) -> None:
    letter = write(State.BOUNCED)
    url = reverse("letter-again", args=(letter.pk,))
    assert signed_in.get(url).context["form"].initial == {"recipient": letter.recipient}
    for wrong in ("", "nobody", "a@b@c", "a\x00@example.org", "x" * 300 + "@example.org"):
        assert signed_in.post(url, {"recipient": wrong}).context["form"].errors["recipient"]
    answer = signed_in.post(url, {"recipient": "uusi@example.org"})
    copy = Letter.objects.get(recipient="uusi@example.org")
    assert answer.headers["Location"] == reverse("letter", args=(copy.pk,))
    twice = signed_in.post(url, {"recipient": "uusi@example.org"})
    assert twice.context["form"].errors["recipient"]
    page = signed_in.get(answer.headers["Location"]).content.decode()
    assert reverse("letter", args=(letter.pk,)) in page


def test_cancelling_and_putting_aside(signed_in: Client, write: WriteLetter) -> None:
    held, failed, sent = write(State.HELD), write(State.FAILED), write(State.SENT)
    signed_in.post(reverse("letter-cancel", args=(held.pk,)))
    signed_in.post(reverse("letter-settle", args=(failed.pk,)))
    refused = signed_in.post(reverse("letter-cancel", args=(sent.pk,)))
    assert "ehtiä ensin" in said(refused)
    for letter in (held, failed, sent):
        letter.refresh_from_db()
    assert (held.state, sent.state) == (State.CANCELLED, State.SENT)
    assert failed.settled_at is not None
    assert signed_in.get(reverse("letter-cancel", args=(held.pk,))).status_code == 405
