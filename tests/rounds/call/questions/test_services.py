"""Who changes a form and when, and what stays frozen where answers exist."""

from __future__ import annotations

from typing import Any

import pytest

from minno_portal.errors import NotAllowed
from organisations.models import User
from rounds.call.questions import errors, services
from rounds.call.questions.answered import answer_counts
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.services import Wanted
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.content import snapshot
from rounds.challenges.models import Challenge, Revision
from rounds.planning.models import Round
from rounds.planning.signals import round_created
from tests.rounds.call.questions.conftest import OPTIONS, MakeQuestion, wanted


def answered(question: OwnQuestion, draft: Challenge, value: Any = "x") -> OwnQuestion:
    draft.own_answers = {**draft.own_answers, question.field: value}
    draft.save()
    return question


def row(round_: Round, section: str = "challenge") -> list[str]:
    return [str(each) for each in round_.own_questions.filter(section=section)]


class TestWho:
    @pytest.mark.parametrize("who", ["staff", "contact", "administrator", "stranger"])
    def test_only_the_coordinator(
        self, request: pytest.FixtureRequest, make_question: MakeQuestion, who: str
    ) -> None:
        question, actor = make_question(), request.getfixturevalue(who)
        for act in _acts(question, actor):
            with pytest.raises(NotAllowed):
                act()

    def test_nobody_after_the_call(
        self, make_question: MakeQuestion, coordinator: User, request: pytest.FixtureRequest
    ) -> None:
        question = make_question()
        request.getfixturevalue("closed_round")
        for act in _acts(question, coordinator):
            with pytest.raises(errors.FormClosed):
                act()


def _acts(question: OwnQuestion, actor: User) -> list[Any]:
    round_id, pk = question.round_id, question.pk
    return [
        lambda: services.set_field_rules(round_id, chosen={}, actor=actor),
        lambda: services.add_question(round_id, section="team", wanted=wanted(), actor=actor),
        lambda: services.change_question(pk, wanted=wanted(), actor=actor),
        lambda: services.move_question(pk, where="up", actor=actor),
        lambda: services.ask_question(pk, is_asked=False, actor=actor),
        lambda: services.delete_question(pk, actor=actor),
    ]


class TestRules:
    def test_kept_without_those_that_are_as_standard(
        self, call_round: Round, coordinator: User
    ) -> None:
        chosen = {"tried": "required", "need": "", "limits": "hidden"}
        services.set_field_rules(call_round.pk, chosen=chosen, actor=coordinator)
        call_round.refresh_from_db()
        assert call_round.field_rules == {"tried": "required", "limits": "hidden"}

    @pytest.mark.parametrize(
        "chosen",
        [{"title": "hidden"}, {"nonsense": "hidden"}, {"need": "x"}, {"attends_fest": "required"}],
    )
    def test_refused(self, call_round: Round, coordinator: User, chosen: dict[str, str]) -> None:
        with pytest.raises(errors.RuleNotAllowed):
            services.set_field_rules(call_round.pk, chosen=chosen, actor=coordinator)


class TestAdding:
    @pytest.mark.parametrize(
        ("asked", "refusal"),
        [
            (Wanted(kind="date", need="optional", label={"fi": ""}), errors.NoWords),
            (wanted("choice", options=OPTIONS[:1]), errors.TooFewChoices),
            (wanted("file", need="always"), errors.FileNeed),
        ],
    )
    def test_refused(
        self, call_round: Round, coordinator: User, asked: Wanted, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            services.add_question(call_round.pk, section="team", wanted=asked, actor=coordinator)

    def test_at_most_so_many(
        self, call_round: Round, make_question: MakeQuestion, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(services, "MOST_QUESTIONS", 1)
        make_question()
        with pytest.raises(errors.TooManyQuestions):
            make_question()
        assert call_round.own_questions.count() == 1

    def test_only_choices_keep_options(self, make_question: MakeQuestion) -> None:
        assert make_question("date", options=OPTIONS).options == []
        assert make_question("choice").options == OPTIONS


class TestMoving:
    def test_up_down_and_past_the_ends(
        self, call_round: Round, make_question: MakeQuestion, coordinator: User
    ) -> None:
        _a, b, _c = (make_question(label=label) for label in "abc")
        for where, after in (("up", "bac"), ("up", "bac"), ("down", "abc"), ("down", "acb")):
            services.move_question(b.pk, where=where, actor=coordinator)
            assert "".join(row(call_round)) == after

    def test_to_another_section(
        self, call_round: Round, make_question: MakeQuestion, coordinator: User
    ) -> None:
        there = make_question(section="team", label="siellä")
        moved = make_question(label="siirtyvä")
        services.move_question(moved.pk, where="team", actor=coordinator)
        assert row(call_round, "team") == [str(there), str(moved)]
        services.move_question(moved.pk, where="team", actor=coordinator)
        assert row(call_round) == []


class TestFrozen:
    def test_words_order_and_more_choices_may_change(
        self, make_question: MakeQuestion, draft: Challenge, coordinator: User
    ) -> None:
        question = answered(make_question("choice"), draft, "o1")
        more = [OPTIONS[1], {**OPTIONS[0], "fi": "Vertaisryhmät"}, {"key": "o3", "fi": "Muu"}]
        changed = services.change_question(
            question.pk,
            wanted=wanted("choice", need="submit", label="Korjattu", options=more),
            actor=coordinator,
        )
        assert (str(changed), changed.options) == ("Korjattu", more)

    @pytest.mark.parametrize(
        ("asked", "refusal"),
        [
            (wanted("choices"), errors.KindFrozen),
            (wanted("choice", options=[OPTIONS[1], {"key": "o3"}]), errors.ChoiceFrozen),
            (wanted("choice", need="always"), errors.NeedFrozen),
        ],
    )
    def test_refused(
        self,
        make_question: MakeQuestion,
        draft: Challenge,
        coordinator: User,
        asked: Wanted,
        refusal: type[Exception],
    ) -> None:
        question = answered(make_question("choice"), draft, "o1")
        with pytest.raises(refusal):
            services.change_question(question.pk, wanted=asked, actor=coordinator)

    def test_an_answered_one_is_hidden_not_deleted(
        self, make_question: MakeQuestion, draft: Challenge, coordinator: User
    ) -> None:
        question = answered(make_question(), draft)
        with pytest.raises(errors.Answered):
            services.delete_question(question.pk, actor=coordinator)
        services.ask_question(question.pk, is_asked=False, actor=coordinator)
        question.refresh_from_db()
        assert question.is_hidden

    def test_one_without_answers_changes_and_goes(
        self, call_round: Round, make_question: MakeQuestion, draft: Challenge, coordinator: User
    ) -> None:
        answered(make_question(label="muu"), draft)
        question = make_question("choice")
        services.change_question(
            question.pk, wanted=wanted("date", need="always"), actor=coordinator
        )
        services.delete_question(question.pk, actor=coordinator)
        assert row(call_round) == ["muu"]


def test_answers_are_counted_in_drafts_versions_and_files(
    make_question: MakeQuestion, draft: Challenge, contact: User
) -> None:
    written, submitted, sent, nobody = (make_question() for _ in range(4))
    draft.own_answers = {written.field: False, submitted.field: "x"}
    content = snapshot(Challenge.objects.get(pk=draft.pk)) | {submitted.field: "x"}
    Revision.objects.create(challenge=draft, number=1, content=content, submitted_by=contact)
    draft.own_answers = {written.field: False}
    draft.save()
    Attachment.objects.create(challenge=draft, question=sent, name="a.pdf", size=1)
    assert answer_counts(draft.round_id) == {
        written.field: 1,
        submitted.field: 1,
        sent.field: 1,
    }
    assert nobody.field not in answer_counts(draft.round_id)


def test_a_copied_round_asks_the_same(
    call_round: Round, make_question: MakeQuestion, coordinator: User
) -> None:
    last = make_question("choice", label="viimeinen", help={"sv": "Hjälp"}, need="submit")
    first = make_question(label="ensimmäinen")
    hidden = make_question(label="piilossa")
    make_question("number", section="team", label="luku")
    OwnQuestion.objects.filter(pk=last.pk).update(label_en="last")
    services.move_question(first.pk, where="up", actor=coordinator)
    services.ask_question(hidden.pk, is_asked=False, actor=coordinator)
    copy = Round.objects.get(pk=call_round.pk)
    copy.pk, copy.number, copy.slug = None, 2, "copy"
    copy.save()
    round_created.send(Round, round=copy, actor=coordinator, source=call_round)
    assert row(copy) == ["ensimmäinen", "viimeinen"]
    assert row(copy, "team") == ["luku"]
    assert row(call_round) == ["ensimmäinen", "viimeinen", "piilossa"]
    same = copy.own_questions.get(label_en="last")
    assert (same.help_sv, same.options, same.need, same.kind) == (
        "Hjälp",
        OPTIONS,
        "submit",
        "choice",
    )
