"""What the editor of a round's form shows: the standard questions and its own, by section."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minno_portal.languages import language_name
from rounds.call.questions.answered import answer_counts
from rounds.call.questions.enums import FieldRule, SectionKey
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.options import LANGUAGES
from rounds.call.questions.rules import allowed_rules, rules_of
from rounds.call.questions.standard import SECTIONS, STANDARD, Question, Section, Text
from rounds.planning.models import Round

RULE_PREFIX = "rule-"


@dataclass(frozen=True, slots=True)
class StandardLine:
    """A standard question with the rules it may have; `fixed` says why there is no choice."""

    question: Question
    name: str
    choices: list[tuple[str, Text]]
    chosen: str
    fixed: str = ""

    @property
    def said(self) -> Text:
        """What holds, in words."""
        return self.fixed or dict(self.choices)[self.chosen]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """An own question, where it can be moved, and in which languages it lacks words."""

    question: OwnQuestion
    missing: str
    answers: int
    is_first: bool
    is_last: bool
    elsewhere: list[tuple[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class SectionLines:
    """One section of the editor."""

    section: Section
    standard: list[StandardLine]
    own: list[OwnLine]


def section_lines(round_: Round) -> list[SectionLines]:
    """Return everything that the form of `round_` asks or could ask.

    One query when it has no own questions, else one more for each step that keeps answers.
    """
    own = list(round_.own_questions.all())
    answers = answer_counts(round_.pk) if own else {}
    rules = rules_of(round_)
    return [
        SectionLines(
            section,
            [_standard_line(question, rules) for question in section.questions],
            _own_lines([each for each in own if each.section == section.key], answers),
        )
        for section in SECTIONS
    ]


def missing_languages(question: OwnQuestion) -> list[str]:
    """Return the names of the languages in which readers meet another language's words."""
    used = [name for name in ("label", "help") if getattr(question, name)]
    return [
        language_name(code)
        for code in LANGUAGES
        if not all(getattr(question, f"{name}_{code}") for name in used)
        or not all(option.get(code) for option in question.options)
    ]


def _standard_line(question: Question, rules: dict[str, FieldRule]) -> StandardLine:
    allowed = allowed_rules(question)
    choices: list[tuple[str, Text]] = [("", _as_standard(question))]
    choices += [(rule.value, rule.label) for rule in allowed]
    return StandardLine(
        question,
        RULE_PREFIX + question.field,
        choices,
        rules[question.field].value if question.field in rules else "",
        "" if allowed else _why_fixed(question),
    )


def _as_standard(question: Question) -> str:
    if question.is_required:
        return _("As standard: required for submitting")
    return _("As standard: optional") if question.is_free else _("As standard: asked")


def _why_fixed(question: Question) -> str:
    if question.follows:
        leader = STANDARD[question.follows].label
        return _("Goes with “%(question)s”") % {"question": leader}
    return _("Always asked")


def _own_lines(row: list[OwnQuestion], answers: dict[str, int]) -> list[OwnLine]:
    return [
        OwnLine(
            question,
            ", ".join(missing_languages(question)),
            answers.get(question.field, 0),
            is_first=index == 0,
            is_last=index == len(row) - 1,
            elsewhere=[each for each in SectionKey.choices if each[0] != question.section],
        )
        for index, question in enumerate(row)
    ]
