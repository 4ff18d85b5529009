"""The editor of a round's form."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.call.questions.enums import Kind
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.services import ask_question
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from tests.rounds.call.questions.conftest import OPTIONS, MakeQuestion

FORM_QUERIES = 9
TYPED = {"kind": "short_text", "need": "submit", "label_fi": "Montako?", "help_sv": "Hjälp"}
ROWS = {
    "option-0-key": "o1",
    "option-0-fi": "Ryhmät",
    "option-1-key": "o2",
    "option-1-fi": "Neuvonta",
    "option-2-key": "",
    "option-2-sv": "Annat",
}


def address(name: str, round_: Round, *args: object) -> str:
    return reverse(name, args=[round_.slug, *args])


def page(client: Client, url: str, **data: Any) -> str:
    response = client.post(url, data) if data else client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def editor(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


class TestWho:
    @pytest.mark.parametrize(
        ("who", "sees", "edits"),
        [
            ("coordinator", 200, 302),
            ("administrator", 200, 403),
            ("staff", 403, 403),
            ("contact", 404, 404),
            ("stranger", 404, 404),
        ],
    )
    def test_by_person(
        self,
        client: Client,
        call_round: Round,
        make_question: MakeQuestion,
        request: pytest.FixtureRequest,
        who: str,
        sees: int,
        edits: int,
    ) -> None:
        question = make_question()
        client.force_login(request.getfixturevalue(who))
        for name in ("round-form", "round-form-preview"):
            assert client.get(address(name, call_round)).status_code == sees
        for name in ("round-form-move", "round-form-ask", "round-form-delete"):
            url = address(name, call_round, question.pk)
            assert client.post(url, {"where": "up"}).status_code == edits
        assert client.post(address("round-form-rules", call_round)).status_code == edits
        url = address("round-form-question-new", call_round, "team")
        assert client.post(url, TYPED).status_code == edits

    def test_another_rounds_question_does_not_exist_here(
        self, editor: Client, call_round: Round, make_question: MakeQuestion
    ) -> None:
        question = make_question()
        other = Round.objects.get(pk=call_round.pk)
        other.pk, other.number, other.slug = None, 2, "other"
        other.save()
        for pk in (question.pk, 0, 10**30):
            assert editor.get(address("round-form-question", other, pk)).status_code == 404

    def test_closed_it_is_read_only(
        self, editor: Client, make_question: MakeQuestion, request: pytest.FixtureRequest
    ) -> None:
        question = make_question()
        closed: Round = request.getfixturevalue("closed_round")
        text = page(editor, address("round-form", closed))
        assert "<select" not in text
        assert question.label in text
        response = editor.get(address("round-form-question", closed, question.pk))
        assert response.url == address("round-form", closed)
        editor.post(address("round-form-question", closed, question.pk), TYPED)
        assert not OwnQuestion.objects.filter(label_fi="Montako?")


class TestList:
    @pytest.mark.parametrize("count", [1, 3])
    def test_query_count(
        self,
        editor: Client,
        call_round: Round,
        make_question: MakeQuestion,
        count: int,
        django_assert_num_queries: Any,
    ) -> None:
        for _each in range(count):
            make_question("choice")
        editor.get(address("round-form", call_round))
        with django_assert_num_queries(FORM_QUERIES):
            text = page(editor, address("round-form", call_round))
        assert text.count('id="own_') == count

    def test_languages_that_lack_words_are_named(
        self, editor: Client, call_round: Round, make_question: MakeQuestion
    ) -> None:
        own = make_question("choice")
        OwnQuestion.objects.filter(pk=own.pk).update(label_sv="Fråga", label_en="Question")
        lines = editor.get(address("round-form", call_round)).context["sections"][1].own
        assert [line.missing for line in lines] == ["ruotsi"]  # one choice lacks Swedish

    def test_rules_are_saved_and_shown(self, editor: Client, call_round: Round) -> None:
        url = address("round-form-rules", call_round)
        editor.post(url, {"rule-tried": "required", "rule-need": "", "rule-limits": "hidden"})
        call_round.refresh_from_db()
        assert call_round.field_rules == {"tried": "required", "limits": "hidden"}
        text = page(editor, address("round-form", call_round))
        assert text.count(" selected>") == 2 + text.count('<option value="" selected')
        assert 'name="rule-title"' not in text

    @pytest.mark.parametrize(
        "odd",
        [{"rule-title": "hidden"}, {"rule-x": "hidden"}, {"rule-need": "\x00"}, {"rule-": "x"}],
    )
    def test_odd_rules_change_nothing(
        self, editor: Client, call_round: Round, odd: dict[str, str]
    ) -> None:
        response = editor.post(address("round-form-rules", call_round), odd, follow=True)
        assert [message.level_tag for message in response.context["messages"]] == ["error"]
        call_round.refresh_from_db()
        assert call_round.field_rules == {}

    def test_adding_keeps_what_was_chosen_beside_it(
        self, editor: Client, call_round: Round
    ) -> None:
        data = {"rule-tried": "required", "add": "team", "kind-team": "date"}
        response = editor.post(address("round-form-rules", call_round), data)
        new = address("round-form-question-new", call_round, "team")
        assert response.url == f"{new}?kind=date"
        call_round.refresh_from_db()
        assert call_round.field_rules == {"tried": "required"}
        form = editor.get(response.url).context["form"]
        assert form["kind"].value() == "date"

    def test_moving_goes_back_to_the_row_and_says_where_it_is(
        self, editor: Client, call_round: Round, make_question: MakeQuestion
    ) -> None:
        first, second = make_question(label="a"), make_question(label="b")
        url = address("round-form-move", call_round, second.pk)
        response = editor.post(url, {"where": "up", "rule-tried": "hidden"}, follow=True)
        assert response.redirect_chain[0][0].endswith(f"#own_{second.pk}")
        text = response.content.decode()
        assert text.index(f'id="own_{second.pk}"') < text.index(f'id="own_{first.pk}"')
        assert 'tabindex="-1"' in text
        assert "1" in str(next(iter(response.context["messages"])))
        call_round.refresh_from_db()
        assert call_round.field_rules == {"tried": "hidden"}

    def test_the_focus_stays_on_the_button_while_it_can_be_pressed_again(
        self, editor: Client, call_round: Round, make_question: MakeQuestion
    ) -> None:
        make_question(label="a"), make_question(label="b")
        own = make_question(label="c")
        url = address("round-form-move", call_round, own.pk)
        page = editor.post(url, {"where": "up"}, follow=True)
        place = page.redirect_chain[0][0].rpartition("#")[2]
        assert place == f"up-own_{own.pk}"
        assert f'id="{place}"' in page.content.decode()
        assert editor.post(url, {"where": "up"}).url.endswith(f"#own_{own.pk}")

    def test_to_another_section(
        self, editor: Client, call_round: Round, make_question: MakeQuestion
    ) -> None:
        own = make_question()
        url = address("round-form-move", call_round, own.pk)
        editor.post(url, {"where": "elsewhere", f"to-{own.pk}": "funding"})
        own.refresh_from_db()
        assert own.section == "funding"
        for odd in ("", "x", "\x00", "left"):
            editor.post(url, {"where": "elsewhere", f"to-{own.pk}": odd})
            editor.post(url, {"where": odd})
        own.refresh_from_db()
        assert own.section == "funding"


class TestQuestion:
    @pytest.mark.parametrize("kind", Kind.values)
    def test_adding_each_kind(self, editor: Client, call_round: Round, kind: str) -> None:
        url = address("round-form-question-new", call_round, "team")
        response = editor.post(url, TYPED | ROWS | {"kind": kind})
        own = call_round.own_questions.get()
        assert response.url == f"{address('round-form', call_round)}#{own.field}"
        assert (own.kind, own.need, own.section) == (kind, "submit", "team")
        assert (own.label_fi, own.help_sv, own.label_en) == ("Montako?", "Hjälp", "")
        chosen = kind in ("choice", "choices")
        assert [option["key"] for option in own.options] == (["o1", "o2", "o3"] if chosen else [])

    @pytest.mark.parametrize(
        ("change", "faulty"),
        [
            ({"label_fi": ""}, "label_fi"),
            ({"label_fi": "x" * 10_000}, "label_fi"),
            ({"label_sv": "a\x00b"}, "label_sv"),
            ({"help_fi": "x" * 501}, "help_fi"),
            ({"kind": "x"}, "kind"),
            ({"kind": "file", "need": "always"}, "need"),
            ({"need": "\x00"}, "need"),
            ({"kind": "choice", "option-0-fi": "", "option-1-fi": ""}, "__all__"),
            ({"kind": "choice", "option-1-fi": "Ryhmät"}, "__all__"),
            ({"kind": "choices", "option-2-en": "x" * 121}, "__all__"),
            ({"kind": "choices", "option-2-en": "a\x00b"}, "__all__"),
        ],
    )
    def test_faults_are_told_and_nothing_typed_is_lost(
        self, editor: Client, call_round: Round, change: dict[str, str], faulty: str
    ) -> None:
        url = address("round-form-question-new", call_round, "team")
        response = editor.post(url, TYPED | ROWS | change)
        assert response.status_code == 200
        assert faulty in response.context["form"].errors
        text = response.content.decode()
        assert "Annat" in text
        assert "Hjälp" in text
        assert not call_round.own_questions.exists()

    def test_buttons_about_choices_keep_everything(self, editor: Client, call_round: Round) -> None:
        url = address("round-form-question-new", call_round, "team")
        for button, order in (
            ("more", "ryhmät neuvonta annat"),
            ("up-1", "neuvonta ryhmät annat"),
            ("remove-0", "neuvonta annat"),
            ("down-0", "neuvonta ryhmät annat"),
            ("x\x00", "ryhmät neuvonta annat"),
            ("up-99", "ryhmät neuvonta annat"),
        ):
            text = page(editor, url, **TYPED, **ROWS, rows=button)
            places = [text.lower().index(f'value="{word}"') for word in order.split()]
            assert places == sorted(places)
            assert "Montako?" in text
        assert not call_round.own_questions.exists()

    def test_no_section_of_that_name(self, editor: Client, call_round: Round) -> None:
        url = address("round-form-question-new", call_round, "nowhere")
        assert editor.get(url).status_code == 404

    def test_editing_shows_and_changes(
        self, editor: Client, call_round: Round, make_question: MakeQuestion
    ) -> None:
        own = make_question("choice", help={"sv": "Hjälp"})
        url = address("round-form-question", call_round, own.pk)
        text = page(editor, url)
        assert "Grupper" in text
        assert "Hjälp" in text
        editor.post(url, TYPED | {"kind": "date"})
        own.refresh_from_db()
        assert (own.kind, own.label_fi, own.options) == ("date", "Montako?", [])

    def test_where_answers_exist_the_kind_and_the_choices_stay(
        self, editor: Client, call_round: Round, make_question: MakeQuestion, draft: Challenge
    ) -> None:
        own = make_question("choice")
        draft.own_answers = {own.field: "o2"}
        draft.save()
        url = address("round-form-question", call_round, own.pk)
        text = page(editor, url)
        assert 'value="always"' not in text
        assert 'value="remove-0"' not in text
        without = {key: text for key, text in ROWS.items() if not key.startswith("option-1")}
        response = editor.post(url, TYPED | without | {"kind": "date"})
        assert response.context["form"].errors
        editor.post(url, TYPED | ROWS | {"kind": "date", "option-1-fi": "Neuvot"})
        own.refresh_from_db()
        assert own.kind == "choice"
        assert [option["fi"] for option in own.options] == ["Ryhmät", "Neuvot", ""]
        assert own.options[0]["key"] == OPTIONS[0]["key"]

    def test_stop_asking_and_ask_again(
        self, editor: Client, call_round: Round, make_question: MakeQuestion
    ) -> None:
        own = make_question()
        url = address("round-form-ask", call_round, own.pk)
        for asked in ("0", "1"):
            editor.post(url, {"asked": asked})
            own.refresh_from_db()
            assert own.is_hidden is (asked == "0")

    def test_deleting_asks_first(
        self,
        editor: Client,
        call_round: Round,
        make_question: MakeQuestion,
        draft: Challenge,
    ) -> None:
        own = make_question()
        url = address("round-form-delete", call_round, own.pk)
        assert own.label in page(editor, url)
        draft.own_answers = {own.field: "x"}
        draft.save()
        for response in (editor.get(url), editor.post(url)):
            assert response.url.endswith(f"#{own.field}")
        draft.own_answers = {}
        draft.save()
        assert editor.post(url).url == address("round-form", call_round)
        assert not call_round.own_questions.exists()


class TestReadingTheForm:
    def test_preview_in_each_language(
        self, editor: Client, call_round: Round, make_question: MakeQuestion, coordinator: User
    ) -> None:
        for kind in Kind.values:
            own = make_question(kind)
            OwnQuestion.objects.filter(pk=own.pk).update(label_sv=f"Fråga {kind}")
        hidden = make_question(label="Piilossa")
        ask_question(hidden.pk, is_asked=False, actor=coordinator)
        url = address("round-form-preview", call_round)
        for language in ("fi", "sv", "en", "x", "\x00"):
            text = page(editor, f"{url}?language={language}")
            assert ("Fråga number" in text) is (language == "sv")
            assert "Piilossa" not in text
            assert 'name="version"' not in text
        assert "<form" not in text.split('class="form-sample')[1].split("</main>")[0]

    def test_anybody_reads_the_rounds_own_form(
        self, client: Client, call_round: Round, make_question: MakeQuestion
    ) -> None:
        make_question("choice", label="Mikä teema?", need="submit")
        make_question("file", label="Kysely")
        call_round.field_rules = {"tried": "hidden"}
        call_round.save()
        call_round.criteria.create(position=1, name_fi="Selkeys", description_fi="Ymmärtääkö?")
        response = client.get(reverse("public-form", args=[call_round.slug]))
        text = response.content.decode()
        for word in ("Mikä teema?", "Ryhmät", "Kysely", "Selkeys"):
            assert word in text
        asked = {
            each.question.field: each
            for part in response.context["sections"]
            for each in part.questions
        }
        assert "tried" not in asked
        assert asked["need"].needed
        assert not asked["limits"].needed
        assert str(asked["is_national"].question.label) in asked["counties"].needed
