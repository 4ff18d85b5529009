"""Own texts of letters: writing one, going back to the default, taking them along to a new round.

An owner is whoever has texts of its own: a round or a partnership.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from minno_portal import clock
from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.models import LetterText
from minno_portal.outbox.placeholders import problems, stored
from minno_portal.outbox.rendering import (
    LONGEST_SUBJECT,
    Written,
    clean_line,
    clean_text,
    default_text,
)
from minno_portal.outbox.text_errors import ChangedMeanwhile, NotEditable, TextRefused
from minno_portal.services import require_permission, service

LONGEST_TEXT = 10_000
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
_COPIED = ("kind", "language", "subject", "text", "default_digest", "edited_by_id", "edited_at")


def cleaned(typed: Written, kind: Kind, language: str) -> Written:
    """Return what a person has typed as it would be stored."""
    return Written(
        stored(clean_line(typed.subject), kind, language),
        stored(clean_text(typed.text).strip(), kind, language),
    )


def check(written: Written, kind: Kind, language: str) -> None:
    """Refuse a stored text that cannot be sent.

    :raises TextRefused: with a sentence for each thing to correct.
    """
    found = [*_sizes(written), *problems(written, kind, language)]
    if found:
        raise TextRefused(found)


def _sizes(written: Written) -> Iterator[tuple[str, str]]:
    limits = (("subject", written.subject, LONGEST_SUBJECT), ("text", written.text, LONGEST_TEXT))
    for field, text, most in limits:
        if not text:
            yield field, _("This cannot be empty.")
        elif len(text) > most:
            yield (
                field,
                _("The text is too long: at most %(most)s characters.") % {"most": most},
            )


@service
def write_text(
    owner: models.Model,
    *,
    kind: Kind,
    language: str,
    typed: Written,
    seen: str | None = None,
    actor: models.Model,
) -> LetterText:
    """Give the owner a text of its own for a kind of letter in one language.

    :param typed: subject and text, with placeholders in English or in the text's language.
    :param seen: the `mark` of the text that the person began from; None asks nothing.
    :raises NotAllowed: when the actor may not write the owner's texts.
    :raises NotEditable: when the kind's text is the portal's alone.
    :raises TextRefused: when something has to be corrected.
    :raises ChangedMeanwhile: when it is no longer the text the person began from.
    """
    require_permission("outbox.write_texts", actor, owner)
    _require_editable(kind, language)
    written = cleaned(typed, kind, language)
    check(written, kind, language)
    text = _locked(owner, kind, language)
    if seen is not None and seen != mark(text):
        raise ChangedMeanwhile
    if text is None:
        text = LetterText(owner=owner, kind=kind.name, language=language)
    text.subject, text.text = written.subject, written.text
    return _signed(text, kind, actor)


@service
def keep_text(
    owner: models.Model, *, kind: Kind, language: str, actor: models.Model
) -> LetterText | None:
    """Say that the owner's text is still right although the default has changed.

    :returns: the text, None when there is none any more.
    :raises NotAllowed: when the actor may not write the owner's texts.
    """
    require_permission("outbox.write_texts", actor, owner)
    text = _locked(owner, kind, language)
    return _signed(text, kind, actor) if text else None


@service
def drop_text(owner: models.Model, *, kind: Kind, language: str, actor: models.Model) -> bool:
    """Go back to the default; returns whether there was a text of one's own.

    :raises NotAllowed: when the actor may not write the owner's texts.
    """
    require_permission("outbox.write_texts", actor, owner)
    text = _locked(owner, kind, language)
    if text is not None:
        text.delete()
    return text is not None


def copy_texts(source: models.Model, owner: models.Model) -> int:
    """Give `owner` the texts of `source`, in the caller's transaction; returns how many."""
    texts = LetterText.objects.of([source]).values(*_COPIED)
    return len(LetterText.objects.bulk_create(LetterText(owner=owner, **text) for text in texts))


def digest_of(default: Written) -> str:
    """Return a mark of a default text: another one as soon as a character of it changes."""
    return sha256(f"{default.subject}\x1f{default.text}".encode()).hexdigest()


def default_has_changed(text: LetterText, kind: Kind) -> bool:
    """Whether the portal's own text is another one than when `text` was written."""
    return text.default_digest != digest_of(default_text(kind, text.language))


def mark(text: LetterText | None) -> str:
    """Return a mark of an own text as it stands: another one as soon as somebody saves it."""
    return text.edited_at.isoformat() if text else ""


def _require_editable(kind: Kind, language: str) -> None:
    if not kind.is_editable or language not in LANGUAGES:
        raise NotEditable


def _locked(owner: models.Model, kind: Kind, language: str) -> LetterText | None:
    mine = LetterText.objects.of([owner]).select_for_update()
    found: LetterText | None = mine.filter(kind=kind.name, language=language).first()
    return found


def _signed(text: LetterText, kind: Kind, actor: models.Model) -> LetterText:
    """Save a text with who wrote it, when, and beside which default."""
    text.default_digest = digest_of(default_text(kind, text.language))
    text.edited_by_id, text.edited_at = actor.pk, clock.now()
    text.save()
    return text
