"""Writing letters: a row in the transaction that causes it, delivered after the commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import models

from minno_portal import clock
from minno_portal.outbox.addresses import absolute_url, new_message_id
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from minno_portal.outbox.rendering import Rendered, Written, clean_line, render
from minno_portal.outbox.tasks import deliver

__all__ = ["Recipient", "Rendered", "Written", "absolute_url", "preview_letter", "queue_letter"]

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
    kind: str, *, to: Recipient, context: Mapping[str, Any], written: Written | None = None
) -> Rendered:
    """Return the letter as it would go out now; nothing is written or sent."""
    return render(kind, to=to, context=context, written=written)


def queue_letter(
    kind: str,
    *,
    key: str,
    to: Recipient,
    context: Mapping[str, Any],
    written: Written | None = None,
    about: models.Model | None = None,
    thread: str = "",
    reply_to: str = "",
    not_before: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    is_secret: bool = False,
    held: bool = False,
) -> bool:
    """Write a letter into the outbox, in the caller's transaction.

    :param kind: the templates' name, see `minno_portal.outbox.rendering.render`.
    :param key: names this very letter, such as `receipt:challenge=12:version=1`.
    :param written: subject and text that a person has edited; None means as the templates say.
    :param about: the object the letter tells of; letters about one object thread in mail programs.
    :param thread: the round's slug.
    :param not_before: the moment of sending, now when None.
    :param expires_at: the moment after which the letter would only confuse.
    :param is_secret: empty the text when the letter is out of our hands (codes, personal links).
    :param held: keep the letter until a person lets it go.
    :returns: False when a letter with this key was there already; then nothing is done.
    """
    # Reminders ask for the same letters every few minutes: answer without rendering them.
    if _is_written(key):
        return False
    rendered = render(kind, to=to, context=context, written=written)
    letter = Letter(
        key=key,
        kind=kind,
        state=State.HELD if held else State.QUEUED,
        recipient=to.email,
        recipient_name=clean_line(to.name)[:LONGEST_NAME],
        language=to.language,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        reply_to=reply_to,
        is_secret=is_secret,
        message_id=new_message_id(),
        thread=thread,
        about_type=ContentType.objects.get_for_model(about) if about else None,
        about_id=about.pk if about else None,
        not_before=not_before or clock.now(),
        expires_at=expires_at,
    )
    return _insert(letter)


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
