"""Answers to a round's own questions: typed, kept, compared, submitted and read again."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from organisations.models import User
from rounds.call.questions.enums import Kind, Need
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.content import missing_points, restore, snapshot
from rounds.challenges.errors import Incomplete, Overtaken
from rounds.challenges.models import TEXT_LENGTH, Challenge
from rounds.challenges.own_answers import SHORT_TEXT_LENGTH, field_for, kept, typed, words
from rounds.challenges.presentation import Row, parts
from rounds.challenges.section_forms import section_form
from rounds.challenges.services import end_completion, save_section, submit_challenge
from rounds.planning.models import Round

OPTIONS = [{"key": f"o{n}", "fi": f"Vaihtoehto {n}", "sv": "", "en": f"Choice {n}"} for n in (1, 2)]
KINDS = [kind for kind in Kind if kind != Kind.FILE]


def own(round_: Round, kind: str, **more: Any) -> OwnQuestion:
    more = {"section": "team", "label_fi": f"Kysymys {kind}", "options": OPTIONS} | more
    return OwnQuestion.objects.create(round=round_, kind=kind, **more)


def fresh(challenge: Challenge) -> Challenge:
    return Challenge.objects.select_related("round").get(pk=challenge.pk)


def save(challenge: Challenge, actor: User, version: int | None = None, **values: Any) -> Challenge:
    return save_section(challenge.pk, section="team", values=values, version=version, actor=actor)


def rows(content: dict[str, Any], round_: Round) -> dict[str, Row]:
    return {row.question.field: row for part in parts(content, round_) for row in part.rows}


class TestTyping:
    @pytest.mark.parametrize(
        ("kind", "text", "value", "shown"),
        [
            ("short_text", " Ryhmä ", "Ryhmä", "Ryhmä"),
            ("long_text", "a\r\nb", "a\nb", "a\nb"),
            ("number", "1234,50", "1234.5", "1 234,5"),
            ("number", "0", "0", "0"),
            ("number", "-12", "-12", "-12"),
            ("choice", "o2", "o2", "Vaihtoehto 2"),
            ("choices", ["o2", "o1"], ["o2", "o1"], ("Vaihtoehto 2", "Vaihtoehto 1")),
            ("yes_no", "yes", True, "Kyllä"),
            ("yes_no", "no", False, "Ei"),
            ("date", "2027-02-05", "2027-02-05", "5.2.2027"),
            ("date", "5.2.2027", "2027-02-05", "5.2.2027"),
            *[(kind, "", None, "") for kind in KINDS],
        ],
    )
    def test_kept_and_shown(
        self, draft: Challenge, kind: str, text: Any, value: Any, shown: Any
    ) -> None:
        question = own(draft.round, kind)
        form = section_form(fresh(draft), "team", {question.field: text})
        assert form.is_valid(), form.errors
        assert form.values[question.field] == value
        said = words(question, value)
        assert (said.replace("\xa0", " ") if isinstance(said, str) else said) == shown

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("short_text", "x" * (SHORT_TEXT_LENGTH + 1)),
            ("long_text", "x" * (TEXT_LENGTH + 1)),
            *[("number", text) for text in ("x", "1,234", "9" * 400, "1e999", "NaN", "Infinity")],
            *[("date", text) for text in ("x", "2027-02-30", "99999-01-01", "0000-00-00", "-1")],
            *[("choice", text) for text in ("o9", "o1\x00", "<script>")],
            *[("choices", text) for text in (["o1", "o9"], ["\x00"])],
            *[("yes_no", text) for text in ("maybe", "True", "\x00")],
            *[(kind, "a\x00b") for kind in KINDS],
        ],
    )
    def test_bad_input_gets_an_error_at_its_field(
        self, client: Client, draft: Challenge, contact: User, kind: str, text: Any
    ) -> None:
        question = own(draft.round, kind)
        client.force_login(contact)
        url = reverse("challenge-edit", args=[draft.pk, "team"])
        response = client.post(url, {question.field: text, "material": "Kyselyn tulokset"})
        assert response.status_code == 200
        assert list(response.context["form"].errors) == [question.field]
        page = response.content.decode()
        assert "Kyselyn tulokset" in page
        assert "<script>" not in page
        assert fresh(draft).own_answers == {}

    @pytest.mark.parametrize("kind", KINDS)
    def test_needed_to_save(self, draft: Challenge, kind: str) -> None:
        question = own(draft.round, kind, need=Need.ALWAYS)
        form = section_form(fresh(draft), "team", {})
        assert str(form.fields[question.field].label) in form.errors[question.field][0]

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize(
        "stored", [None, "", "x", True, 5, ["o1"], [], "2027-02-05", "NaN", {}]
    )
    def test_a_stored_answer_of_any_kind_can_be_read(
        self, draft: Challenge, kind: str, stored: Any
    ) -> None:
        question = own(draft.round, kind)
        draft = fresh(draft)
        draft.own_answers = {question.field: stored}
        words(question, stored)
        assert str(section_form(draft, "team"))

    def test_a_challenge_not_saved_yet(self, call_round: Round) -> None:
        question = own(call_round, "number")
        empty = Challenge(round=Round.objects.get(pk=call_round.pk))
        form = section_form(empty, "team", {question.field: "3"})
        assert form.is_valid(), form.errors
        assert form.values[question.field] == "3"
        assert missing_points(snapshot(empty), empty.round)


TYPED = st.one_of(st.text(), st.sampled_from(["o1", "yes", "no", "1,5", "-0", "1.2.2027"]))


@given(st.sampled_from(KINDS), TYPED)
def test_anything_typed_is_refused_or_kept_as_json_can_keep_it(kind: Kind, text: str) -> None:
    question = OwnQuestion(kind=kind, options=OPTIONS)
    field = field_for(question)
    try:
        value = kept(field.clean([text] if kind == Kind.CHOICES else text))
    except ValidationError:
        return
    assert json.loads(json.dumps(value)) == value
    shown = field.prepare_value(typed(question, value))
    assert field.widget.render("name", shown)
    assert bool(words(question, value)) is (value is not None)


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2))
def test_numbers_come_back(number: Decimal) -> None:
    question = OwnQuestion(kind=Kind.NUMBER)
    assert typed(question, kept(number)) == number
    with override("fi"):
        assert words(question, kept(number))


@given(st.dates())
def test_dates_come_back(day: dt.date) -> None:
    question = OwnQuestion(kind=Kind.DATE)
    assert field_for(question).clean(typed(question, kept(day))) == day


class TestSaving:
    def test_answers_are_kept_and_taken_away(self, draft: Challenge, contact: User) -> None:
        a, b = own(draft.round, "short_text"), own(draft.round, "yes_no")
        save(draft, contact, **{a.field: "x", b.field: False})
        assert fresh(draft).own_answers == {a.field: "x", b.field: False}
        save(draft, contact, **{a.field: None})
        assert fresh(draft).own_answers == {b.field: False}

    def test_two_people_write_different_answers(
        self, draft: Challenge, contact: User, colleague: User
    ) -> None:
        a, b = own(draft.round, "short_text"), own(draft.round, "number")
        opened = fresh(draft).version
        save(draft, contact, opened, **{a.field: "minun", b.field: None})
        save(draft, colleague, opened, **{a.field: None, b.field: "5"})
        assert fresh(draft).own_answers == {a.field: "minun", b.field: "5"}

    def test_the_same_answer_is_a_conflict_that_shows_the_newer(
        self, client: Client, draft: Challenge, contact: User, colleague: User
    ) -> None:
        question = own(draft.round, "choice")
        opened = fresh(draft).version
        save(draft, contact, opened, **{question.field: "o1"})
        with pytest.raises(Overtaken):
            save(draft, colleague, opened, **{question.field: "o2"})
        client.force_login(colleague)
        response = client.post(
            reverse("challenge-edit", args=[draft.pk, "team"]),
            {question.field: "o2", "version": opened, "support_hours": "2"},
        )
        told = {each.question.field: each for each in response.context["conflicts"]}
        assert told[question.field].mine.text == "Vaihtoehto 2"
        assert told[question.field].newer.text == "Vaihtoehto 1"

    def test_a_question_taken_off_meanwhile_loses_nothing(
        self, draft: Challenge, contact: User
    ) -> None:
        question = own(draft.round, "short_text")
        OwnQuestion.objects.filter(pk=question.pk).update(is_hidden=True)
        save(draft, contact, **{question.field: "x"})
        assert fresh(draft).own_answers == {question.field: "x"}

    def test_no_fund_stays_when_its_question_is_hidden(
        self, draft: Challenge, contact: User
    ) -> None:
        draft.funding_thought, draft.fund_id = "fund", "eakr"
        draft.save()
        save_section(
            draft.pk,
            section="funding",
            values={"funding_thought": "not_yet"},
            version=None,
            actor=contact,
        )
        assert fresh(draft).fund is None


class TestSubmitting:
    def test_what_is_needed_is_named(self, draft: Challenge, contact: User) -> None:
        question = own(draft.round, "number", need=Need.SUBMIT)
        own(draft.round, "date")
        with pytest.raises(Incomplete) as refused:
            submit_challenge(draft.pk, accepted_terms=True, actor=contact)
        (missing,) = refused.value.missing
        assert (missing.section, missing.field) == ("team", question.field)
        assert question.label in str(missing.sentence)

    @pytest.mark.parametrize("need", [Need.SUBMIT, Need.ALWAYS])
    def test_a_needed_file(self, draft: Challenge, contact: User, need: str) -> None:
        question = own(draft.round, "file", need=need)
        assert question.field not in section_form(fresh(draft), "team").fields
        assert section_form(fresh(draft), "team", {}).is_valid()
        attachment = Attachment.objects.create(challenge=draft, name="muu.pdf", size=1)
        with pytest.raises(Incomplete):
            submit_challenge(draft.pk, accepted_terms=True, actor=contact)
        Attachment.objects.filter(pk=attachment.pk).update(question=question, name="kysely.pdf")
        submitted = submit_challenge(draft.pk, accepted_terms=True, actor=contact)
        content = submitted.revisions.get().content
        assert content["attachments"] == [
            {
                "id": attachment.pk,
                "name": "kysely.pdf",
                "size": 1,
                "sha256": "",
                "question": question.pk,
            }
        ]
        assert rows(content, submitted.round)[question.field].items == ("kysely.pdf",)

    def test_no_is_an_answer(self, draft: Challenge, contact: User) -> None:
        question = own(draft.round, "yes_no", need=Need.SUBMIT)
        save(draft, contact, **{question.field: False})
        submit_challenge(draft.pk, accepted_terms=True, actor=contact)

    def test_rules_of_standard_questions(self, draft: Challenge, contact: User) -> None:
        Round.objects.filter(pk=draft.round_id).update(
            field_rules={"need": "hidden", "target_group": "optional", "tried": "required"}
        )
        Challenge.objects.filter(pk=draft.pk).update(need="", target_group="", tried="")
        draft = fresh(draft)
        missing = missing_points(snapshot(draft), draft.round)
        assert [point.field for point in missing] == ["tried"]
        assert "need" not in section_form(draft, "challenge").fields
        assert "need" not in rows(snapshot(draft), draft.round)


class TestVersions:
    def test_a_version_reads_as_its_form_was(self, draft: Challenge, contact: User) -> None:
        asked = own(draft.round, "choice")
        save(draft, contact, **{asked.field: "o1", "material": "Kyselyn tulokset"})
        content = submit_challenge(draft.pk, accepted_terms=True, actor=contact).revisions.get()
        later = own(draft.round, "short_text")
        Round.objects.filter(pk=draft.round_id).update(field_rules={"material": "hidden"})
        OwnQuestion.objects.filter(pk=asked.pk).update(
            is_hidden=True, label_fi="Uusi nimi", options=OPTIONS[1:]
        )
        read = rows(content.content, Round.objects.get(pk=draft.round_id))
        assert later.field not in read
        assert read["material"].text == "Kyselyn tulokset"
        assert (str(read[asked.field].question.label), read[asked.field].text) == (
            "Uusi nimi",
            "o1",
        )
        assert asked.field not in rows(snapshot(fresh(draft)), fresh(draft).round)

    def test_the_submitted_version_comes_back(
        self, asked: Challenge, contact: User, coordinator: User
    ) -> None:
        question = own(asked.round, "number")
        save(asked, contact, **{question.field: "1"})
        submit_challenge(asked.pk, accepted_terms=False, actor=contact)
        Challenge.objects.filter(pk=asked.pk).update(
            status="needs_completion", own_answers={question.field: "2"}
        )
        end_completion(asked.pk, actor=coordinator)
        assert fresh(asked).own_answers == {question.field: "1"}

    def test_a_version_from_before_own_questions_comes_back(self, draft: Challenge) -> None:
        content = snapshot(fresh(draft))
        del content["attachments"], content["tried"]
        values = restore(content)
        assert "tried" not in values
        assert values["support_hours"] == Decimal(2)


class TestPages:
    def test_answers_are_read_on_the_challenges_page(
        self, client: Client, draft: Challenge, contact: User, coordinator: User
    ) -> None:
        question = own(draft.round, "long_text")
        save(draft, contact, **{question.field: "Kaksi <b>kertaa</b>"})
        submit_challenge(draft.pk, accepted_terms=True, actor=contact)
        for user in (contact, coordinator):
            client.force_login(user)
            page = client.get(reverse("challenge", args=[draft.pk])).content.decode()
            assert "Kaksi &lt;b&gt;kertaa&lt;/b&gt;" in page
            assert question.label in page

    def test_a_section_with_nothing_in_it_is_left_out(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        Round.objects.filter(pk=draft.round_id).update(
            field_rules={"counties": "hidden", "funding_thought": "hidden"}
        )
        client.force_login(contact)
        assert client.get(reverse("challenge-edit", args=[draft.pk, "funding"])).status_code == 404
        response = client.post(
            reverse("challenge-edit", args=[draft.pk, "team"]),
            {"support_hours": "2", "go": "funding"},
        )
        assert response.url == reverse("challenge-edit", args=[draft.pk, "permissions"])

    def test_editing_costs_the_same_with_more_questions(
        self, client: Client, draft: Challenge, contact: User, django_assert_max_num_queries: Any
    ) -> None:
        client.force_login(contact)
        url = reverse("challenge-edit", args=[draft.pk, "team"])
        client.get(url)
        for _more in range(2):
            own(draft.round, "choice")
            with django_assert_max_num_queries(12):
                assert client.get(url).status_code == 200
