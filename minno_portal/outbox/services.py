"""Writing letters: a row in the transaction that causes it, delivered after the commit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import models

from minno_portal import clock
from minno_portal.outbox.addresses import absolute_url, new_message_id
from minno_portal.outbox.daytime import sending_moment
from minno_portal.outbox.enums import State
from minno_portal.outbox.kinds import Kind, Placeholder, letter_kind
from minno_portal.outbox.models import Letter
from minno_portal.outbox.rendering import (
    Addressee,
    Rendered,
    Values,
    Written,
    clean_line,
    render,
)
from minno_portal.outbox.sender import PORTAL, Sender
from minno_portal.outbox.tasks import deliver

__all__ = [
    "PORTAL",
    "Addressee",
    "Kind",
    "Placeholder",
    "Recipient",
    "Rendered",
    "Sender",
    "Values",
    "Written",
    "absolute_url",
    "letter_kind",
    "preview_letter",
    "queue_letter",
]

LONGEST_NAME = 120


class Person(Protocol):
    """A user, as far as a letter needs to know."""

    email: str
    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a letter, and in which language."""

    email: str
    language: str
    name: str = ""

    @classmethod
    def of(cls, user: Person) -> Recipient:
        """Return the recipient for a user, in the language the user chose."""
        return cls(email=user.email, language=user.language, name=user.name)


def preview_letter(
    kind: Kind,
    *,
    to: Recipient,
    values: Values,
    sender: Sender = PORTAL,
    written: Written | None = None,
) -> Rendered:
    """Return the letter as it would go out now; nothing is written or sent."""
    return render(kind, to=to, values=values, sender=sender, written=written)


def queue_letter(
    kind: Kind,
    *,
    key: str,
    to: Recipient,
    values: Values,
    sender: Sender = PORTAL,
    written: Written | None = None,
    about: models.Model | None = None,
    not_before: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    is_secret: bool = False,
    held: bool = False,
) -> bool:
    """Write a letter into the outbox, in the caller's transaction.

    :param key: names this very letter, such as `receipt:challenge=12:version=1`.
    :param values: gives what fills the kind's placeholders, in the recipient's language.
    :param sender: on whose behalf it goes out, the portal itself by default.
    :param written: subject and text that a person has edited; None means the kind's text.
    :param about: the object the letter tells of; letters about one object thread in mail programs.
    :param not_before: the moment of sending, now when None; a kind that goes out in the daytime
        only waits for it, unless it would come too late.
    :param expires_at: the moment after which the letter would only confuse.
    :param is_secret: empty the text when the letter is out of our hands (codes, personal links).
    :param held: keep the letter until a person lets it go.
    :returns: False when a letter with this key was there already; then nothing is done.
    """
    # Reminders ask for the same letters every few minutes: answer without rendering them.
    if _is_written(key):
        return False
    rendered = render(kind, to=to, values=values, sender=sender, written=written)
    letter = new_letter(kind, key=key, to=to, rendered=rendered, sender=sender, about=about)
    letter.state = State.HELD if held else State.QUEUED
    letter.is_secret = is_secret
    moment = not_before or clock.now()
    letter.not_before = sending_moment(moment, expires_at) if kind.in_daytime else moment
    letter.expires_at = expires_at
    return _insert(letter)


def new_letter(
    kind: Kind,
    *,
    key: str,
    to: Recipient,
    rendered: Rendered,
    sender: Sender,
    about: models.Model | None,
) -> Letter:
    """Return the row of a letter, not yet written into the outbox."""
    return Letter(
        key=key,
        kind=kind.name,
        recipient=to.email,
        recipient_name=clean_line(to.name)[:LONGEST_NAME],
        language=to.language,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        sender_name=clean_line(sender.name)[:LONGEST_NAME],
        reply_to=sender.reply_to,
        logo=sender.logo,
        message_id=new_message_id(),
        house=sender.house,
        thread=sender.thread,
        about_type=ContentType.objects.get_for_model(about) if about else None,
        about_id=about.pk if about else None,
    )


def _is_written(key: str) -> bool:
    return bool(Letter.objects.filter(key=key).exists())


def _insert(letter: Letter) -> bool:
    """Insert the letter unless its key is taken, and have it delivered when it is due."""
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    # The Message-ID is new, so the row is there only if it was this insert that won.
    written = (
        Letter.objects.filter(message_id=letter.message_id).values_list("pk", flat=True).first()
    )
    if written is None:
        return False
    if letter.state == State.QUEUED and letter.not_before <= clock.now():
        deliver.delay_on_commit(written)
    return True
