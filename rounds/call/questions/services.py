"""Every change of what a round's form asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import rules
from django.db.models import F

from minno_portal import clock
from minno_portal.errors import NotAllowed
from minno_portal.services import service
from organisations.people.models import User
from rounds.call.questions import errors
from rounds.call.questions.answered import answer_counts
from rounds.call.questions.enums import FieldRule, Kind, Need, SectionKey
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.options import LANGUAGES, Option
from rounds.call.questions.rules import allowed_rules
from rounds.call.questions.standard import STANDARD
from rounds.planning.locks import lock_round
from rounds.planning.models import Round

MOST_QUESTIONS = 40
FEWEST_OPTIONS = 2
WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES})
UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a question is to be: its kind and need, and its words by language."""

    kind: str
    need: str
    label: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[Option] = ()


@service
def set_field_rules(round_id: int, *, chosen: Mapping[str, str], actor: User) -> Round:
    """Say what the form does with the standard questions; what is not named is as standard.

    :param chosen: a `FieldRule` by the question's field; an empty one is the standard.
    :raises NotAllowed: when the actor does not coordinate the round.
    :raises FormClosed: after the call.
    :raises RuleNotAllowed: when a question must be asked, or is always answered.
    """
    round_ = _open_form(round_id, actor)
    for name, rule in chosen.items():
        if name not in STANDARD or (rule and rule not in allowed_rules(STANDARD[name])):
            raise errors.RuleNotAllowed
    round_.field_rules = {name: FieldRule(rule).value for name, rule in chosen.items() if rule}
    round_.save(update_fields=["field_rules"])
    return round_


@service
def add_question(round_id: int, *, section: str, wanted: Wanted, actor: User) -> OwnQuestion:
    """Add a question at the end of a section.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises FormClosed: after the call.
    :raises TooManyQuestions: when the round has as many as it may.
    :raises NoWords: without a text in any language.
    :raises TooFewChoices: when there is nothing to choose between.
    :raises FileNeed: when a file should be required already for saving.
    """
    round_ = _open_form(round_id, actor)
    if round_.own_questions.count() >= MOST_QUESTIONS:
        raise errors.TooManyQuestions
    question = OwnQuestion(
        round=round_,
        section=SectionKey(section),
        position=_after_last(round_, section),
        created_at=clock.now(),
    )
    _take(question, wanted)
    question.save()
    return question


@service
def change_question(question_id: int, *, wanted: Wanted, actor: User) -> OwnQuestion:
    """Change a question; where answers exist only its words, its order and more choices.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises FormClosed: after the call.
    :raises KindFrozen: when answers are of another kind.
    :raises ChoiceFrozen: when an answer may name a choice that is left out.
    :raises NeedFrozen: when drafts could no longer be saved.
    :raises NoWords: without a text in any language.
    :raises TooFewChoices: when there is nothing to choose between.
    :raises FileNeed: when a file should be required already for saving.
    """
    question = _open_question(question_id, actor)
    if question.field in answer_counts(question.round_id):
        _refuse_frozen(question, wanted)
    _take(question, wanted)
    question.save()
    return question


@service
def move_question(question_id: int, *, where: str, actor: User) -> OwnQuestion:
    """Move a question before or after its neighbour, or to the end of another section.

    :param where: `UP`, `DOWN` or a `SectionKey`; past the end nothing changes.
    :raises NotAllowed: when the actor does not coordinate the round.
    :raises FormClosed: after the call.
    """
    question = _open_question(question_id, actor)
    if where in SectionKey.values:
        if where != question.section:
            question.position = _after_last(question.round, where)
            question.section = where
            question.save(update_fields=["section", "position"])
        return question
    row = list(question.round.own_questions.filter(section=question.section))
    index = row.index(question)
    beside = index - 1 if where == UP else index + 1
    if 0 <= beside < len(row):
        row[index], row[beside] = row[beside], row[index]
    for position, each in enumerate(row):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
    question.refresh_from_db()
    return question


@service
def ask_question(question_id: int, *, is_asked: bool, actor: User) -> OwnQuestion:
    """Stop asking a question, whose answers stay in what was submitted, or ask it again.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises FormClosed: after the call.
    """
    question = _open_question(question_id, actor)
    question.is_hidden = not is_asked
    question.save(update_fields=["is_hidden"])
    return question


@service
def delete_question(question_id: int, *, actor: User) -> Round:
    """Delete a question that nobody has answered.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises FormClosed: after the call.
    :raises Answered: when there is an answer, if only in a draft.
    """
    question = _open_question(question_id, actor)
    if question.field in answer_counts(question.round_id):
        raise errors.Answered
    question.delete()
    return question.round


def copy_questions(source: Round, round_: Round) -> list[OwnQuestion]:
    """Give a new round the questions that an earlier one asks, in their order and languages."""
    copies = []
    asked = OwnQuestion.objects.asked().filter(round=source)
    for question in asked.order_by("section", "position", "pk"):
        question.pk = None
        question._state.adding = True  # noqa: SLF001 (Django's own way of copying a row)
        question.round = round_
        question.created_at = clock.now()
        question.save()
        copies.append(question)
    return copies


def _open_form(round_id: int, actor: User) -> Round:
    """Return the locked round, whose form the actor may change now."""
    round_ = lock_round(round_id)
    if not rules.has_perm("rounds.edit_form", actor, round_):
        raise NotAllowed
    if not is_open(round_):
        raise errors.FormClosed
    return round_


def _open_question(question_id: int, actor: User) -> OwnQuestion:
    round_id = OwnQuestion.objects.values_list("round_id", flat=True).get(pk=question_id)
    round_ = _open_form(round_id, actor)
    question: OwnQuestion = round_.own_questions.get(pk=question_id)
    return question


def is_open(round_: Round) -> bool:
    """Tell whether the form may still be changed: until the call has closed."""
    return clock.now() < round_.call_closes_at


def _after_last(round_: Round, section: str) -> int:
    row = round_.own_questions.filter(section=section)
    last: int | None = row.order_by(F("position").desc()).values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _refuse_frozen(question: OwnQuestion, wanted: Wanted) -> None:
    if wanted.kind != question.kind:
        raise errors.KindFrozen
    kept = {option["key"] for option in wanted.options}
    if any(option["key"] not in kept for option in question.options):
        raise errors.ChoiceFrozen
    if wanted.need == Need.ALWAYS != question.need:
        raise errors.NeedFrozen


def _take(question: OwnQuestion, wanted: Wanted) -> None:
    """Write what is wanted into a question, not saved yet."""
    kind, need = Kind(wanted.kind), Need(wanted.need)
    if not any(wanted.label.values()):
        raise errors.NoWords
    if kind == Kind.FILE and need == Need.ALWAYS:
        raise errors.FileNeed
    if kind in WITH_OPTIONS and len(wanted.options) < FEWEST_OPTIONS:
        raise errors.TooFewChoices
    question.kind, question.need = kind, need
    question.options = list(wanted.options) if kind in WITH_OPTIONS else []
    for language in LANGUAGES:
        setattr(question, f"label_{language}", wanted.label.get(language, ""))
        setattr(question, f"help_{language}", wanted.help.get(language, ""))
