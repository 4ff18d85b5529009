"""The form of one round: the standard questions by its rules, and its own in their sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import lazy
from django.utils.translation import gettext

from rounds.call.questions.enums import FieldRule, Kind, Need
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.rules import rules_of
from rounds.call.questions.standard import SECTIONS, Question, Section, Text
from rounds.planning.models import Round

_MEMO = "_round_form"
LONG_TEXT_ROWS = 4


@dataclass(frozen=True, slots=True)
class RoundForm:
    """What a round asks: sections with something in them, and their questions by field.

    `ever` are all the sections with what was taken off the form as well: old versions answer it.
    """

    sections: tuple[Section, ...]
    ever: tuple[Section, ...]
    by_key: Mapping[str, Section]
    questions: Mapping[str, Question]
    section_of: Mapping[str, str]


def form_of(round_: Round) -> RoundForm:
    """Return the form of `round_`.

    One query for its own questions, none when the form was asked for before.
    """
    form: RoundForm | None = round_.__dict__.get(_MEMO)
    if form is None:
        form = round_.__dict__[_MEMO] = _built(round_)
    return form


def _built(round_: Round) -> RoundForm:
    # Without the order of rounds, which a single round does not need.
    own = list(round_.own_questions.order_by("position", "pk")) if round_.pk else []
    rules = rules_of(round_)
    asked = (_applied(section, rules, own) for section in SECTIONS)
    sections = tuple(section for section in asked if section.questions)
    return RoundForm(
        sections=sections,
        ever=tuple(_applied(section, {}, own, hidden=True) for section in SECTIONS),
        by_key={section.key: section for section in sections},
        questions={each.field: each for section in sections for each in section.questions},
        section_of={each.field: section.key for section in sections for each in section.questions},
    )


def _applied(
    section: Section,
    rules: Mapping[str, FieldRule],
    own: Iterable[OwnQuestion],
    *,
    hidden: bool = False,
) -> Section:
    """Return `section` as a round asks it, with its hidden own questions only when they count."""
    standard = (
        _by_rule(question, rules.get(question.follows or question.field))
        for question in section.questions
    )
    added = [each for each in own if each.section == section.key and each.is_hidden <= hidden]
    questions = [*filter(None, standard), *map(as_question, added)]
    return replace(section, questions=tuple(questions))


def _by_rule(question: Question, rule: FieldRule | None) -> Question | None:
    if rule == FieldRule.HIDDEN:
        return None
    if rule == FieldRule.REQUIRED and not question.follows:
        missing = question.missing or missing_sentence(question.label)
        return replace(question, missing=missing, is_free=False)
    if rule == FieldRule.OPTIONAL:
        return replace(question, missing="", is_free=not question.follows)
    return question


def as_question(own: OwnQuestion) -> Question:
    """Return a round's own question in the shape of the standard ones.

    Its words are looked up when they are shown, for a letter or a preview may speak another
    language than the page that made it.
    """
    label = _lazily(own, "label")
    return Question(
        field=own.field,
        label=label,
        help=_lazily(own, "help"),
        missing="" if own.need == Need.OPTIONAL else missing_sentence(label),
        rows=LONG_TEXT_ROWS if own.kind == Kind.LONG_TEXT else 0,
        is_free=own.need == Need.OPTIONAL,
        own=own,
    )


def _lazily(own: OwnQuestion, name: str) -> Text:
    words: Text = lazy(lambda: str(getattr(own, name) or ""), str)()
    return words


def missing_sentence(label: Text) -> Text:
    """Return what to say when the question `label` is needed and not answered."""
    sentence: Text = lazy(
        lambda: gettext("Answer the question “%(question)s”.") % {"question": label}, str
    )()
    return sentence
