"""What coordinators do to letters: edit, let go, cancel, send again, put a failed one aside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.outbox.addresses import new_message_id
from minno_portal.outbox.enums import State
from minno_portal.outbox.errors import (
    EditedMeanwhile,
    OnItsWayAgain,
    OutOfDate,
    SecretText,
    TextGone,
)
from minno_portal.outbox.models import Letter, LetterQuerySet
from minno_portal.outbox.rendering import Written, finished
from minno_portal.outbox.tasks import deliver
from minno_portal.outbox.transitions import TABLE
from minno_portal.services import service

_COPY = re.compile(r":again:\d+$")
# Leaves room in the key for what tells a copy.
_LONGEST_STEM = 180
_UNDER_WAY = (State.HELD, State.QUEUED, State.SENDING, State.RETRY, State.SENT)


@service
def edit_letter(letter_id: int, *, subject: str, text: str, seen: str, actor: Any) -> Letter:
    """Store a held letter's subject and text as a person has edited them.

    :param seen: the `edit_mark` of the letter that the person opened.
    :raises SecretText: when it holds a personal link or code.
    :raises EditedMeanwhile: when somebody else has edited it since then.
    """
    letter = _locked(letter_id)
    TABLE.require(letter, "edit", actor=actor)
    if letter.is_secret or letter.is_emptied:
        raise SecretText
    if seen != edit_mark(letter):
        raise EditedMeanwhile
    rendered = finished(Written(subject, text), letter.language)
    letter.subject, letter.text, letter.html = rendered.subject, rendered.text, rendered.html
    letter.edited_by, letter.edited_at = actor, clock.now()
    letter.save(update_fields=["subject", "text", "html", "edited_by", "edited_at"])
    return letter


def edit_mark(letter: Letter) -> str:
    """Return what tells one edition of a letter from the next."""
    return letter.edited_at.isoformat() if letter.edited_at else ""


@service
def let_go(letter_ids: Iterable[int], *, actor: Any) -> list[Letter]:
    """Send held letters, each when its time comes; those that are held no longer stay as they are.

    :returns: the letters that were let go.
    :raises WrongState: when none of them could be.
    :raises OutOfDate: when the only reason is that their time has passed.
    """
    # One order for everybody: two people who press at once wait for each other.
    letters = list(Letter.objects.select_for_update().filter(pk__in=set(letter_ids)).order_by("pk"))
    held = [letter for letter in letters if letter.state == State.HELD]
    for letter in held:
        TABLE.require(letter, "let_go", actor=actor)
    in_time = [letter for letter in held if not _is_out_of_date(letter)]
    if not in_time:
        raise OutOfDate if held else WrongState
    Letter.objects.filter(pk__in=[letter.pk for letter in in_time]).update(state=State.QUEUED)
    for letter in in_time:
        letter.state = State.QUEUED
        _dispatch(letter)
    return in_time


@service
def cancel_letter(letter_id: int, *, actor: Any) -> Letter:
    """Keep a letter that has not gone yet from being sent; its key stays taken.

    :raises WrongState: when it is being sent, or has come to its end.
    """
    letter = _locked(letter_id)
    TABLE.require(letter, "cancel", actor=actor)
    letter.state = State.CANCELLED
    if letter.is_secret:
        letter.text = letter.html = ""
    letter.save(update_fields=["state", "text", "html"])
    return letter


@service
def send_again(letter_id: int, *, recipient: str, actor: Any) -> Letter:
    """Write the same letter anew, to its own or a corrected address, and have it delivered.

    :returns: the new letter.
    :raises TextGone: when the text has been emptied.
    :raises OnItsWayAgain: when this was done already.
    """
    letter = _locked(letter_id)
    TABLE.require(letter, "send_again", actor=actor)
    if letter.is_emptied:
        raise TextGone
    # The first of the family is everybody's lock: two copies are sent again one after the other.
    Letter.objects.select_for_update().filter(key=_base(letter)).first()
    family = family_of(letter)
    if family.filter(recipient__iexact=recipient, state__in=_UNDER_WAY).exists():
        raise OnItsWayAgain
    copy = _copy(letter, key=f"{_stem(letter)}{family.count()}", recipient=recipient)
    letter.settled_at = clock.now()
    letter.save(update_fields=["settled_at"])
    _dispatch(copy)
    return copy


def family_of(letter: Letter) -> LetterQuerySet:
    """Return the letter as it was written first, and every time it was sent again."""
    return Letter.objects.filter(Q(key=_base(letter)) | Q(key__startswith=_stem(letter))).order_by(
        "created_at", "pk"
    )


def _base(letter: Letter) -> str:
    return _COPY.sub("", letter.key)


def _stem(letter: Letter) -> str:
    return f"{_base(letter)[:_LONGEST_STEM]}:again:"


@service
def settle_letter(letter_id: int, *, actor: Any) -> Letter:
    """Put a letter that did not arrive aside: there is nothing more to do about it."""
    letter = _locked(letter_id)
    TABLE.require(letter, "settle", actor=actor)
    if letter.settled_at is None:
        letter.settled_at = clock.now()
        letter.save(update_fields=["settled_at"])
    return letter


def _locked(letter_id: int) -> Letter:
    letter: Letter | None = Letter.objects.select_for_update().filter(pk=letter_id).first()
    if letter is None:
        raise WrongState
    return letter


def _copy(letter: Letter, *, key: str, recipient: str) -> Letter:
    """Write a letter like `letter` that nothing has happened to yet."""
    moment = clock.now()
    values = {
        field.attname: getattr(letter, field.attname)
        for field in Letter._meta.concrete_fields  # noqa: SLF001 (documented by Django)
        if not field.primary_key
    }
    anew = {
        "key": key,
        "recipient": recipient,
        "state": State.QUEUED,
        "message_id": new_message_id(),
        "created_at": moment,
        "not_before": moment,
        # Whoever sends it again has seen that its time had passed.
        "expires_at": None if _is_out_of_date(letter) else letter.expires_at,
        "attempts": 0,
        "last_error": "",
    }
    never = dict.fromkeys(("claimed_at", "sent_at", "bounced_at", "settled_at"))
    made: Letter = Letter.objects.create(**values | anew | never)
    return made


def _is_out_of_date(letter: Letter) -> bool:
    return letter.expires_at is not None and letter.expires_at <= clock.now()


def _dispatch(letter: Letter) -> None:
    if letter.not_before <= clock.now():
        deliver.delay_on_commit(letter.pk)
