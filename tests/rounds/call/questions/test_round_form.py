"""What a round asks: the standard by its rules, and its own questions."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from organisations.models import User
from rounds.call.questions.enums import FieldRule
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.round_form import form_of
from rounds.call.questions.rules import ALWAYS_ASKED, allowed_rules
from rounds.call.questions.services import ask_question
from rounds.call.questions.standard import SECTIONS, STANDARD
from rounds.planning.models import Round
from tests.rounds.call.questions.conftest import MakeQuestion


def fresh(round_: Round) -> Round:
    return Round.objects.get(pk=round_.pk)


def test_without_rules_it_is_the_standard(call_round: Round) -> None:
    form = form_of(call_round)
    assert form.sections == SECTIONS
    assert dict(form.questions) == STANDARD


def test_one_query_and_then_none(
    call_round: Round, make_question: MakeQuestion, django_assert_num_queries: Any
) -> None:
    for _more in range(2):
        make_question()
        round_ = fresh(call_round)
        with django_assert_num_queries(1):
            form_of(round_)
        with django_assert_num_queries(0):
            assert form_of(round_) is form_of(round_)


def test_rules(call_round: Round) -> None:
    call_round.field_rules = {
        "need": FieldRule.OPTIONAL,
        "tried": FieldRule.REQUIRED,
        "limits": FieldRule.HIDDEN,
        "counties": FieldRule.HIDDEN,
        "funding_thought": FieldRule.HIDDEN,
    }
    form = form_of(call_round)
    assert not form.questions["need"].is_required
    assert form.questions["need"].is_free
    assert str(form.questions["tried"].label) in str(form.questions["tried"].missing)
    assert not form.questions["tried"].is_free
    gone = {"limits", "counties", "is_national", "funding_thought", "fund", "objective"}
    assert not gone & form.questions.keys()
    assert "funding" not in form.by_key
    assert gone < {field for section in form.ever for field in section.fields}


@pytest.mark.parametrize("field", [*sorted(ALWAYS_ASKED), "is_national", "fund", "objective"])
def test_some_questions_take_no_rule(call_round: Round, field: str) -> None:
    assert allowed_rules(STANDARD[field]) == ()
    call_round.field_rules = dict.fromkeys([field], FieldRule.HIDDEN)
    assert field in form_of(call_round).questions


@pytest.mark.parametrize("rules", [[], "x", {"nonsense": "hidden"}, {"need": 5}, {"tried": "x"}])
def test_odd_rules_are_no_rules(call_round: Round, rules: Any) -> None:
    call_round.field_rules = rules
    assert dict(form_of(call_round).questions) == STANDARD


def test_own_questions_stand_after_the_others_of_their_section(
    call_round: Round, make_question: MakeQuestion, coordinator: User
) -> None:
    first = make_question(label="Ensin")
    hidden = make_question(label="Pois")
    second = make_question("file", label="Sitten", need="submit")
    ask_question(hidden.pk, is_asked=False, actor=coordinator)
    section = form_of(fresh(call_round)).by_key["challenge"]
    asked = [question.field for question in section.questions]
    assert asked[-2:] == [first.field, second.field]
    assert second.field not in section.fields
    assert "Sitten" in str(section.questions[-1].missing)


def test_words_follow_the_reader(call_round: Round, make_question: MakeQuestion) -> None:
    own = make_question()
    OwnQuestion.objects.filter(pk=own.pk).update(label_sv="Fråga", help_fi="Ohje")
    question = form_of(fresh(call_round)).questions[own.field]
    assert str(question.label) == "Kysymys"
    with override("sv"):
        assert str(question.label) == "Fråga"
        assert str(question.help) == "Ohje"
    with override("en"):
        assert str(question.label) == "Kysymys"
