"""A draft's page of files, and somebody who sends them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisations.models import User
from rounds.call.questions.enums import Kind, SectionKey
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.attachments.services import add_attachment
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from tests.rounds.challenges.attachments.samples import WHOLE

Send = Callable[..., Attachment]


def upload(name: str = "Raportti.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    extension = name.rpartition(".")[2].lower()
    return SimpleUploadedFile(name, WHOLE[extension] if content is None else content)


@pytest.fixture
def send(draft: Challenge, contact: User) -> Send:
    """Adds a file to the draft."""

    def add(name: str = "Raportti.pdf", question_id: int | None = None) -> Attachment:
        return add_attachment(draft.pk, upload=upload(name), question_id=question_id, actor=contact)

    return add


@pytest.fixture
def file_question(call_round: Round) -> OwnQuestion:
    """An own question that asks for a file."""
    question: OwnQuestion = OwnQuestion.objects.create(
        round=call_round,
        section=SectionKey.TEAM,
        kind=Kind.FILE,
        label="Tutkimuslupa",
        help="Jos teillä on sellainen.",
    )
    return question
