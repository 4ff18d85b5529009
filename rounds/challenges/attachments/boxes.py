"""The boxes where files are sent: one for the challenge as a whole, one a question for a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rounds.call.questions.enums import SectionKey
from rounds.challenges.attachments.checking import ACCEPT
from rounds.challenges.attachments.limits import (
    LARGEST_FILE,
    LARGEST_TOTAL,
    MEGABYTE,
    MOST_FILES,
)
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.attachments.names import extension_of
from rounds.challenges.models import Challenge
from rounds.challenges.sections import Question, form_of

TITLE = _("Attachments (optional)")
HELP = _("Pictures, reports or other material that helps to understand the challenge.")
# Where the general box stands.
GENERAL_SECTION = SectionKey.CHALLENGE


@dataclass(frozen=True, slots=True)
class Limits:
    """What the page and the browser tell of the limits."""

    accept: str = ACCEPT
    largest: int = LARGEST_FILE
    largest_mb: int = LARGEST_FILE // MEGABYTE
    total_mb: int = LARGEST_TOTAL // MEGABYTE
    most: int = MOST_FILES


@dataclass(frozen=True, slots=True)
class Box:
    """One box: what is asked, what has been sent, and what was wrong with the last try."""

    challenge: Challenge
    title: str | Promise
    help: str | Promise
    files: Sequence[Attachment]
    question_id: int | None = None
    is_open: bool = True
    is_full: bool = False
    error: str = ""
    # The file that was to be replaced when the error came up; None for a new one.
    error_at: int | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def id(self) -> str:
        """The box's place on the page; a missing answer links to it as to a field."""
        return f"div_id_own_{self.question_id}" if self.question_id else "attachments"

    @property
    def takes_more(self) -> bool:
        """Whether a file can be added: a question takes one."""
        return self.is_open and not self.is_full and not (self.question_id and self.files)


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file as a version of the challenge names it, for those who read."""

    id: int
    name: str
    size: int

    @property
    def kind(self) -> str:
        """The kind of file in a word."""
        return extension_of(self.name).upper()


def boxes_of(challenge: Challenge, section: str = "") -> list[Box]:
    """Return the boxes of a section of the form, or of the whole form (at most two queries)."""
    questions = [
        question
        for part in form_of(challenge.round).sections
        if section in ("", part.key)
        for question in part.questions
        if question.is_file
    ]
    has_general = section in ("", GENERAL_SECTION)
    if not (questions or has_general):
        return []
    present = list(challenge.attachments.present())
    is_full = len(present) >= MOST_FILES
    boxes = [_question_box(challenge, question, present, is_full) for question in questions]
    if has_general:
        # What answered a question that nobody asks any more is not lost from sight.
        asked = {box.question_id for box in boxes} if not section else _asked(challenge)
        others = [each for each in present if each.question_id not in asked]
        boxes.append(
            Box(challenge, TITLE, HELP, others, is_open=challenge.is_editable, is_full=is_full)
        )
    return boxes


def _asked(challenge: Challenge) -> set[int | None]:
    questions = form_of(challenge.round).questions.values()
    return {question.own.pk for question in questions if question.is_file and question.own}


def _question_box(
    challenge: Challenge, question: Question, present: Iterable[Attachment], is_full: bool
) -> Box:
    pk = question.own.pk if question.own else None
    return Box(
        challenge,
        question.form_label,
        question.help,
        [each for each in present if each.question_id == pk],
        question_id=pk,
        is_open=challenge.is_editable,
        is_full=is_full,
    )


def attachment_links(content: dict[str, Any]) -> list[FileLink]:
    """Return the files that `content` (see `rounds.challenges.content.snapshot`) names."""
    return [
        FileLink(each["id"], each["name"], each["size"]) for each in content.get("attachments", ())
    ]
