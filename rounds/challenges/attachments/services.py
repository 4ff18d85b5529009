"""Adding, replacing and removing the files of a challenge while its association may write."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

import rules
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.services import service
from organisations.people.models import User
from rounds.call.questions.enums import Kind
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.attachments.checking import CheckedFile, check_file
from rounds.challenges.attachments.errors import (
    AlreadyThere,
    QuestionGone,
    TooLarge,
    TooMany,
    TooMuch,
)
from rounds.challenges.attachments.limits import LARGEST_FILE, LARGEST_TOTAL, MOST_FILES
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.attachments.scanning import scan
from rounds.challenges.enums import EDITABLE
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge


def add_attachment(
    challenge_id: int, *, upload: UploadedFile[bytes], question_id: int | None = None, actor: User
) -> Attachment:
    """Check a file and keep it with the challenge.

    Checking and scanning take a while, so they come before the transaction and its lock. A file
    that is there already is not kept twice: when the answer is lost on the way, people and browsers
    send it again.

    :param question_id: the round's own question that the file answers; None for the others.
    :raises NotAllowed: when the actor may not write for the association.
    :raises WrongState: when the challenge is no longer the association's to edit.
    :raises FileRefused: when the file is not taken, or there is no room for it.
    """
    _require_open(Challenge.objects.get(pk=challenge_id), actor)
    checked = _checked(upload)
    return _add(challenge_id, checked=checked, question_id=question_id, actor=actor)


def replace_attachment(
    attachment_id: int, *, upload: UploadedFile[bytes], actor: User
) -> Attachment:
    """Put a new file in the place of one; when it is refused, the old one stays.

    :raises NotAllowed: when the actor may not write for the association.
    :raises WrongState: when the file has been removed, or the challenge is not open for editing.
    :raises FileRefused: when the file is not taken, or there is no room for it.
    """
    old = Attachment.objects.select_related("challenge").get(pk=attachment_id)
    _require_open(old.challenge, actor)
    checked = _checked(upload)
    return _replace(old.pk, challenge_id=old.challenge_id, checked=checked, actor=actor)


@service
def remove_attachment(attachment_id: int, *, actor: User) -> None:
    """Take a file off the challenge; one that a submitted version names is kept for that version.

    A second press changes nothing.

    :raises NotAllowed: when the actor may not write for the association.
    :raises WrongState: when the challenge is no longer the association's to edit.
    """
    found = Attachment.objects.filter(pk=attachment_id).values_list("challenge_id", flat=True)
    if not found:
        return
    challenge = lock_challenge(found[0])
    _require_open(challenge, actor)
    for attachment in challenge.attachments.present().filter(pk=attachment_id):
        _take_off(attachment, actor)


def restore_attachments(challenge: Challenge, content: dict[str, Any], *, actor: User) -> None:
    """Let the challenge, which is locked, have the files again that a version names, and no other.

    :param content: the version's content, see `rounds.challenges.content.snapshot`.
    """
    named = {each["id"] for each in content.get("attachments", ())}
    challenge.attachments.filter(pk__in=named).update(removed_at=None, removed_by=None)
    added_since = challenge.attachments.present().exclude(pk__in=named)
    added_since.update(removed_at=clock.now(), removed_by=actor)


@service
def _add(
    challenge_id: int, *, checked: CheckedFile, question_id: int | None, actor: User
) -> Attachment:
    challenge = lock_challenge(challenge_id)
    _require_open(challenge, actor)
    question = _question(challenge, question_id)
    present = challenge.attachments.present().filter(question=question)
    same = present.filter(name=checked.name, sha256=_sha256(checked)).first()
    if same is not None:
        return same
    if question and present.exists():
        raise AlreadyThere
    _require_room(challenge, checked)
    return _keep(challenge, checked, question, actor)


@service
def _replace(
    attachment_id: int, *, challenge_id: int, checked: CheckedFile, actor: User
) -> Attachment:
    challenge = lock_challenge(challenge_id)
    _require_open(challenge, actor)
    old = challenge.attachments.present().filter(pk=attachment_id).first()
    if old is None:
        raise WrongState
    question = old.question
    _take_off(old, actor)
    _require_room(challenge, checked)
    return _keep(challenge, checked, question, actor)


def _require_open(challenge: Challenge, actor: User) -> None:
    if not rules.has_perm("rounds.write_challenge", actor, challenge):
        raise NotAllowed
    if challenge.status not in EDITABLE:
        raise WrongState


def _checked(upload: UploadedFile[bytes]) -> CheckedFile:
    if (upload.size or 0) > LARGEST_FILE:
        raise TooLarge
    checked = check_file(upload.name or "", upload.read())
    scan(checked.content)
    return checked


def _question(challenge: Challenge, question_id: int | None) -> OwnQuestion | None:
    if question_id is None:
        return None
    asked = OwnQuestion.objects.asked().filter(round=challenge.round_id, kind=Kind.FILE)
    question: OwnQuestion | None = asked.filter(pk=question_id).first()
    if question is None:
        raise QuestionGone
    return question


def _require_room(challenge: Challenge, checked: CheckedFile) -> None:
    present = challenge.attachments.present()
    if present.count() >= MOST_FILES:
        raise TooMany
    taken = present.aggregate(total=Sum("size"))["total"] or 0
    if taken + len(checked.content) > LARGEST_TOTAL:
        raise TooMuch


def _sha256(checked: CheckedFile) -> str:
    return hashlib.sha256(checked.content).hexdigest()


def _keep(
    challenge: Challenge, checked: CheckedFile, question: OwnQuestion | None, actor: User
) -> Attachment:
    """Store the file, then its row; without the row the file goes again."""
    attachment = Attachment(
        challenge=challenge,
        question=question,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=_sha256(checked),
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
    attachment.file.save(checked.name, ContentFile(checked.content), save=False)
    try:
        attachment.save()
    except BaseException:
        attachment.file.delete(save=False)
        raise
    return attachment


def _take_off(attachment: Attachment, actor: User) -> None:
    if attachment.is_in_a_version():
        attachment.removed_at = clock.now()
        attachment.removed_by = actor
        attachment.save(update_fields=["removed_at", "removed_by"])
        return
    stored = attachment.file
    attachment.delete()
    transaction.on_commit(partial(stored.storage.delete, str(stored.name)))
