"""The whole form of a round before anybody writes: to read in advance, and to preview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from rounds.call.questions.standard import STANDARD
from rounds.challenges.models import Challenge
from rounds.challenges.section_forms import SectionForm, section_form
from rounds.challenges.sections import Question, Section, form_of
from rounds.planning.models import Round

# A longer list of choices, in characters, is folded.
MOST_IN_SIGHT = 240


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a reader meets it: how it is needed, and what there is to choose from."""

    question: Question
    needed: str
    most: int | None
    choices: list[str]

    @property
    def is_long(self) -> bool:
        """Whether the choices are folded."""
        return sum(map(len, self.choices)) > MOST_IN_SIGHT


@dataclass(frozen=True, slots=True)
class AskedSection:
    """One section of the form: its questions in words, and as the form itself."""

    section: Section
    form: SectionForm
    questions: list[Asked]

    @property
    def files(self) -> list[Question]:
        """The questions that are answered with files."""
        return [question for question in self.section.questions if question.is_file]


def asked_sections(round_: Round) -> list[AskedSection]:
    """Return the form of `round_`, section by section."""
    empty = Challenge(round=round_)
    return [_asked_section(empty, section) for section in form_of(round_).sections]


def _asked_section(empty: Challenge, section: Section) -> AskedSection:
    form = section_form(empty, section.key)
    del form.fields["version"]  # nothing is saved from here
    asked = [_asked(question, form.fields.get(question.field)) for question in section.questions]
    return AskedSection(section, form, asked)


def _asked(question: Question, field: forms.Field | None) -> Asked:
    most = getattr(field, "max_length", None) if question.rows else None
    return Asked(question, _needed(question), most, list(_choices(field)))


def _needed(question: Question) -> str:
    if question.is_needed_to_save:
        return _("needed already for saving")
    if not question.is_required:
        return ""
    if question.unless:
        other = STANDARD[question.unless].label
        return _("needed, unless you choose “%(question)s”") % {"question": other}
    return _("needed")


def _choices(field: forms.Field | None) -> Iterator[str]:
    if isinstance(field, forms.ChoiceField):
        for value, label in field.widget.choices:
            if str(value):
                yield str(label)
