"""Adding, replacing and removing: who, when, how much, and what is left on the disk."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from organisations.models import User
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.attachments import errors, services
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.attachments.services import (
    add_attachment,
    remove_attachment,
    replace_attachment,
)
from rounds.challenges.content import snapshot
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.services import ask_completion, end_completion, submit_challenge
from tests.rounds.challenges.attachments.conftest import Send, upload
from tests.rounds.challenges.attachments.samples import WHOLE

Capture = DjangoCaptureOnCommitCallbacks


def names(challenge: Challenge) -> list[str]:
    return [each["name"] for each in snapshot(challenge)["attachments"]]


def submit_and_ask(challenge: Challenge, contact: User, coordinator: User) -> None:
    submit_challenge(challenge.pk, accepted_terms=True, actor=contact)
    ask_completion(
        challenge.pk,
        comment="Tarkentakaa",
        due_on=clock.today() + dt.timedelta(weeks=1),
        actor=coordinator,
    )


def test_a_file_is_kept_with_its_checksum(draft: Challenge, contact: User, send: Send) -> None:
    kept = send("Kysely 2026.xlsx")
    assert (kept.name, kept.size) == ("Kysely 2026.xlsx", len(WHOLE["xlsx"]))
    assert kept.sha256 == hashlib.sha256(WHOLE["xlsx"]).hexdigest()
    assert kept.uploaded_by == contact
    assert kept.file.read() == WHOLE["xlsx"]
    assert "Kysely" not in kept.file.name
    assert names(draft) == ["Kysely 2026.xlsx"]


@pytest.mark.parametrize(
    "who", ["stranger", "other_contact", "coordinator", "staff", "administrator"]
)
def test_only_the_association_writes(
    request: pytest.FixtureRequest, draft: Challenge, send: Send, who: str
) -> None:
    user = request.getfixturevalue(who)
    kept = send()
    changes: list[Callable[[], object]] = [
        lambda: add_attachment(draft.pk, upload=upload(), actor=user),
        lambda: replace_attachment(kept.pk, upload=upload(), actor=user),
        lambda: remove_attachment(kept.pk, actor=user),
    ]
    for change in changes:
        with pytest.raises(NotAllowed):
            change()
    assert list(draft.attachments.present()) == [kept]


def test_a_submitted_challenge_is_closed(draft: Challenge, contact: User, send: Send) -> None:
    kept = send()
    submit_challenge(draft.pk, accepted_terms=True, actor=contact)
    for change in (
        lambda: add_attachment(draft.pk, upload=upload(), actor=contact),
        lambda: replace_attachment(kept.pk, upload=upload(), actor=contact),
        lambda: remove_attachment(kept.pk, actor=contact),
    ):
        with pytest.raises(WrongState):
            change()


def test_the_same_file_again_is_kept_once(
    draft: Challenge, send: Send, file_question: OwnQuestion
) -> None:
    kept = send()
    assert send() == kept
    answer = send(question_id=file_question.pk)
    assert send(question_id=file_question.pk) == answer != kept
    assert sorted(names(draft)) == ["Raportti.pdf", "Raportti.pdf"]


def test_no_more_files_than_there_may_be(
    draft: Challenge, contact: User, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_FILES", 2)
    first = send()
    send("Toinen.pdf")
    with pytest.raises(errors.TooMany):
        send("Kolmas.pdf")
    # Replacing takes no more room.
    replace_attachment(first.pk, upload=upload("Uusi.pdf"), actor=contact)
    assert sorted(names(draft)) == ["Toinen.pdf", "Uusi.pdf"]


def test_no_more_bytes_than_there_may_be(
    draft: Challenge, contact: User, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "LARGEST_TOTAL", len(WHOLE["pdf"]) + 1)
    kept = send()
    with pytest.raises(errors.TooMuch):
        send("Toinen.pdf")
    with pytest.raises(errors.TooMuch):
        replace_attachment(kept.pk, upload=upload("Raportti.docx"), actor=contact)
    assert names(draft) == ["Raportti.pdf"]
    assert default_storage.exists(kept.file.name)


def test_a_file_that_is_not_taken_leaves_the_old_one(
    draft: Challenge, contact: User, send: Send
) -> None:
    kept = send()
    with pytest.raises(errors.NotWhatItSays):
        replace_attachment(kept.pk, upload=upload("kuva.png", b"<svg>"), actor=contact)
    assert names(draft) == ["Raportti.pdf"]


def test_what_was_never_submitted_is_gone_when_removed(
    draft: Challenge,
    contact: User,
    send: Send,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    kept = send()
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(kept.pk, actor=contact)
        assert default_storage.exists(kept.file.name)  # until the change is certain
    assert not default_storage.exists(kept.file.name)
    assert not Attachment.objects.exists()
    remove_attachment(kept.pk, actor=contact)


def test_what_a_version_names_stays_for_that_version(
    draft: Challenge, contact: User, coordinator: User, send: Send
) -> None:
    kept = send()
    submit_and_ask(draft, contact, coordinator)
    draft.refresh_from_db()
    replace_attachment(kept.pk, upload=upload("Uusi.pdf"), actor=contact)
    kept.refresh_from_db()
    assert (kept.removed_by, names(draft)) == (contact, ["Uusi.pdf"])
    assert default_storage.exists(kept.file.name)
    assert draft.revisions.get().content["attachments"][0]["id"] == kept.pk
    with pytest.raises(WrongState):
        replace_attachment(kept.pk, upload=upload(), actor=contact)


def test_ending_the_completion_brings_the_submitted_files_back(
    draft: Challenge, contact: User, coordinator: User, send: Send
) -> None:
    kept = send()
    submit_and_ask(draft, contact, coordinator)
    remove_attachment(kept.pk, actor=contact)
    send("Kesken.pdf")
    end_completion(draft.pk, actor=coordinator)
    assert names(draft) == ["Raportti.pdf"]


def test_a_question_takes_one_file(
    draft: Challenge, send: Send, contact: User, file_question: OwnQuestion
) -> None:
    kept = send(question_id=file_question.pk)
    with pytest.raises(errors.AlreadyThere):
        send("Toinen.pdf", question_id=file_question.pk)
    fresh = replace_attachment(kept.pk, upload=upload("Uusi.pdf"), actor=contact)
    assert fresh.question == file_question
    assert names(draft) == ["Uusi.pdf"]


def test_a_question_of_another_round_or_kind_is_none(
    send: Send, file_question: OwnQuestion
) -> None:
    for change in ({"is_hidden": True}, {"kind": "number", "is_hidden": False}):
        OwnQuestion.objects.filter(pk=file_question.pk).update(**change)
        with pytest.raises(errors.QuestionGone):
            send(question_id=file_question.pk)
    with pytest.raises(errors.QuestionGone):
        send(question_id=10**14)


def test_without_its_row_the_file_goes_again(
    draft: Challenge, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[str] = []

    def fail(self: Attachment, **_kwargs: Any) -> None:
        stored.append(str(self.file.name))
        raise RuntimeError

    monkeypatch.setattr(Attachment, "save", fail)
    with pytest.raises(RuntimeError):
        send()
    assert stored
    assert not default_storage.exists(stored[0])


def test_a_withdrawn_challenge_is_closed(draft: Challenge, contact: User) -> None:
    Challenge.objects.filter(pk=draft.pk).update(status=Status.WITHDRAWN)
    with pytest.raises(WrongState):
        add_attachment(draft.pk, upload=upload(), actor=contact)
