from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused, WrongState
from minno_portal.outbox.delivery import deliver_letter, recover_letters
from minno_portal.outbox.enums import State
from minno_portal.outbox.errors import (
    EditedMeanwhile,
    OnItsWayAgain,
    OutOfDate,
    SecretText,
    TextGone,
)
from minno_portal.outbox.handling import (
    cancel_letter,
    edit_letter,
    edit_mark,
    let_go,
    send_again,
    settle_letter,
)
from minno_portal.outbox.models import Letter
from minno_portal.outbox.services import Sender
from minno_portal.outbox.transitions import TABLE, open_actions
from organisations.models import Partnership, User
from tests.minno_portal.outbox.conftest import MakeLetter
from tests.workers import MailSink

MINUTE = dt.timedelta(minutes=1)
Make = Callable[..., Letter]


@pytest.fixture
def held(make_letter: MakeLetter, partnership: Partnership) -> Make:
    """Make a letter of the partnership in any state, held at first."""

    def make(state: str = State.HELD, **fields: Any) -> Letter:
        options = {name: fields.pop(name) for name in ("is_secret", "expires_at") if name in fields}
        letter = make_letter(held=True, sender=Sender(house=partnership.pk), **options)
        moment = clock.now()
        times = {"claimed_at": moment, "sent_at": moment, "bounced_at": moment}
        Letter.objects.filter(pk=letter.pk).update(state=state, **times, **fields)
        letter.refresh_from_db()
        return letter

    return make


DO: dict[str, Callable[[Letter, User], Any]] = {
    "edit": lambda letter, actor: edit_letter(
        letter.pk, subject="Aihe", text="Teksti", seen=edit_mark(letter), actor=actor
    ),
    "let_go": lambda letter, actor: let_go([letter.pk], actor=actor),
    "cancel": lambda letter, actor: cancel_letter(letter.pk, actor=actor),
    "send_again": lambda letter, actor: send_again(
        letter.pk, recipient=letter.recipient, actor=actor
    ),
    "settle": lambda letter, actor: settle_letter(letter.pk, actor=actor),
}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("action", DO)
def test_services_do_what_the_table_says(
    held: Make, coordinator: User, action: str, state: str
) -> None:
    letter = held(state)
    if TABLE.find(state, action) is None:
        assert action not in open_actions(letter, actor=coordinator)
        with pytest.raises(WrongState):
            DO[action](letter, coordinator)
    else:
        assert action in open_actions(letter, actor=coordinator)
        DO[action](letter, coordinator)


@pytest.mark.parametrize("action", DO)
def test_only_the_coordinator_of_the_house_handles(
    held: Make, staff: User, contact: User, administrator: User, stranger: User, action: str
) -> None:
    row = next(row for row in TABLE if row.action == action)
    letter = held(next(iter(row.sources)))
    for other in (staff, contact, administrator, stranger):
        assert not open_actions(letter, actor=other)
        with pytest.raises(NotAllowed):
            DO[action](letter, other)


def test_the_portals_own_letters_are_nobodys(make_letter: MakeLetter, coordinator: User) -> None:
    letter = make_letter(held=True)
    with pytest.raises(NotAllowed):
        let_go([letter.pk], actor=coordinator)


def test_editing_writes_both_parts_and_who_did_it(held: Make, coordinator: User) -> None:
    letter = held()
    edited = edit_letter(
        letter.pk,
        subject="Uusi\r\nBcc: x@example.org",
        text="Hei <b>kaikki</b>\r\n\r\n- yksi",
        seen="",
        actor=coordinator,
    )
    edited.refresh_from_db()
    assert edited.subject == "Uusi Bcc: x@example.org"
    assert edited.text == "Hei <b>kaikki</b>\n\n- yksi\n"
    assert "Hei &lt;b&gt;kaikki&lt;/b&gt;" in edited.html
    assert "<li>yksi</li>" in edited.html
    assert edited.edited_by == coordinator
    assert edited.state == State.HELD


def test_two_editors_do_not_overwrite_each_other(held: Make, coordinator: User) -> None:
    letter = held()
    edit_letter(letter.pk, subject="A", text="A", seen="", actor=coordinator)
    with pytest.raises(EditedMeanwhile):
        edit_letter(letter.pk, subject="B", text="B", seen="", actor=coordinator)
    letter.refresh_from_db()
    assert letter.subject == "A"


def test_a_secret_text_is_not_edited(held: Make, coordinator: User) -> None:
    letter = held(is_secret=True)
    assert "edit" not in open_actions(letter, actor=coordinator)
    with pytest.raises(SecretText):
        edit_letter(letter.pk, subject="A", text="A", seen="", actor=coordinator)


def test_letting_several_go(
    held: Make, coordinator: User, smtp: MailSink, django_capture_on_commit_callbacks: Any
) -> None:
    letters = [held() for _ in range(3)]
    sent = held(State.SENT)
    later = held(not_before=clock.now() + MINUTE)
    ids = [letter.pk for letter in (*letters, sent, later)]
    with django_capture_on_commit_callbacks() as told:
        gone = let_go([*ids, 10**9], actor=coordinator)
    assert {letter.pk for letter in gone} == {letter.pk for letter in (*letters, later)}
    assert len(told) == 3, "the fourth waits for its time"
    assert set(recover_letters()) == {letter.pk for letter in letters}
    assert deliver_letter(letters[0].pk) == State.SENT
    assert smtp.count() == 1
    with pytest.raises(WrongState):
        let_go([letter.pk for letter in letters], actor=coordinator)


def test_a_held_letter_past_its_time_is_not_sent(held: Make, coordinator: User) -> None:
    letter = held(expires_at=clock.now() + MINUTE)
    with clock.playing_at(clock.now() + 2 * MINUTE):
        with pytest.raises(OutOfDate):
            let_go([letter.pk], actor=coordinator)
        recover_letters()
    letter.refresh_from_db()
    assert letter.state == State.EXPIRED


def test_cancelling_empties_a_secret_letter(held: Make, coordinator: User) -> None:
    plain = cancel_letter(held().pk, actor=coordinator)
    secret = cancel_letter(held(is_secret=True).pk, actor=coordinator)
    assert plain.text
    assert not secret.text
    assert not secret.html
    assert deliver_letter(plain.pk) is None


def test_sending_again_to_a_corrected_address(
    held: Make, coordinator: User, smtp: MailSink
) -> None:
    letter = held(State.FAILED, attempts=3, last_error="550 5.1.1 unknown")
    copy = send_again(letter.pk, recipient="uusi@example.org", actor=coordinator)
    assert copy.key == f"{letter.key}:again:1"
    assert copy.message_id != letter.message_id
    assert (copy.text, copy.subject, copy.house) == (letter.text, letter.subject, letter.house)
    assert (copy.attempts, copy.last_error, copy.sent_at) == (0, "", None)
    assert deliver_letter(copy.pk) == State.SENT
    assert smtp.messages[0]["To"].addresses[0].addr_spec == "uusi@example.org"
    letter.refresh_from_db()
    assert letter.state == State.FAILED
    assert letter.settled_at is not None
    with pytest.raises(OnItsWayAgain):
        send_again(letter.pk, recipient="UUSI@example.org", actor=coordinator)
    other = send_again(letter.pk, recipient="toinen@example.org", actor=coordinator)
    assert other.key == f"{letter.key}:again:2"
    Letter.objects.filter(pk=other.pk).update(state=State.FAILED)
    third = send_again(other.pk, recipient="kolmas@example.org", actor=coordinator)
    assert third.key == f"{letter.key}:again:3"


def test_a_long_key_has_room_for_copies(held: Make, coordinator: User) -> None:
    letter = held(State.FAILED, key="k" * 200)
    first = send_again(letter.pk, recipient="a@example.org", actor=coordinator)
    second = send_again(letter.pk, recipient="b@example.org", actor=coordinator)
    assert first.key != second.key


def test_what_expired_goes_without_its_time(held: Make, coordinator: User) -> None:
    moment = clock.now()
    gone = held(State.EXPIRED, expires_at=moment)
    failed = held(State.FAILED, expires_at=moment + dt.timedelta(days=1))
    for letter, expected in ((gone, None), (failed, failed.expires_at)):
        copy = send_again(letter.pk, recipient=letter.recipient, actor=coordinator)
        assert copy.expires_at == expected


def test_an_emptied_letter_cannot_go_again(held: Make, coordinator: User) -> None:
    letter = held(State.FAILED, text="", html="", is_secret=True)
    assert open_actions(letter, actor=coordinator) == ["settle"]
    with pytest.raises(TextGone) as refusal:
        send_again(letter.pk, recipient=letter.recipient, actor=coordinator)
    assert isinstance(refusal.value, Refused)


def test_settling_takes_it_off_the_list(held: Make, coordinator: User) -> None:
    letter = held(State.BOUNCED)
    assert Letter.objects.not_arrived().count() == 1
    first = settle_letter(letter.pk, actor=coordinator).settled_at
    assert settle_letter(letter.pk, actor=coordinator).settled_at == first
    assert not Letter.objects.not_arrived().exists()
    letter.refresh_from_db()
    assert "settle" not in open_actions(letter, actor=coordinator)


def test_a_letter_that_is_gone(coordinator: User) -> None:
    with pytest.raises(WrongState):
        cancel_letter(10**9, actor=coordinator)
