"""One own question: adding it and changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, say_why
from rounds.call.questions import errors, option_rows, services
from rounds.call.questions.answered import answer_counts
from rounds.call.questions.enums import Kind, SectionKey
from rounds.call.questions.forms import QuestionForm
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.option_rows import FaultyRows, OptionRow
from rounds.call.questions.options import Option
from rounds.call.questions.views import the_question, the_round, to_row
from rounds.planning.models import Round
from rounds.planning.pages import round_context


@login_required
@require_http_methods(["GET", "POST"])
def question_new(request: SignedInRequest, slug: str, section: str) -> HttpResponse:
    """Add a question at the end of a section."""
    round_ = the_round(request, slug, "rounds.edit_form")
    if section not in SectionKey.values:
        raise Http404
    return _Editor(request, round_, SectionKey(section)).answer()


@login_required
@require_http_methods(["GET", "POST"])
def question_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a question, as far as answers that exist let it be changed."""
    question = the_question(request, slug, pk)
    return _Editor(request, question.round, SectionKey(question.section), question).answer()


class _Editor:
    """The page of one question; its buttons about choices save nothing and lose nothing."""

    def __init__(
        self,
        request: SignedInRequest,
        round_: Round,
        section: SectionKey,
        question: OwnQuestion | None = None,
    ) -> None:
        self.request, self.round, self.section, self.question = request, round_, section, question
        self.options: list[Option] = question.options if question else []
        self.answers = answer_counts(round_.pk).get(question.field, 0) if question else 0
        self.rows: list[OptionRow] = option_rows.rows_of(self.options)
        self.pressed: int | None = None

    def answer(self) -> HttpResponse:
        """Show the page, or save and go back to the question's row."""
        if self.request.method == "GET" and not services.is_open(self.round):
            say_why(self.request, errors.FormClosed())
            return redirect("round-form", self.round.slug)
        if self.request.method == "GET":
            return self._page(self._form(initial=self._asked_kind()))
        typed = self.request.POST
        self.rows = option_rows.read(typed) or self.rows
        if "rows" in typed:
            self.rows, self.pressed = option_rows.press(self.rows, typed["rows"])
            return self._page(self._form(initial=typed.dict()))
        form = self._form(typed)
        options = self._options(form)
        if form.is_valid() and options is not None:
            try:
                saved = self._save(form, options)
            except Refused as refusal:
                form.add_error(None, str(refusal.sentence))
            else:
                said = _("“%(question)s” has been saved.") % {"question": saved}
                messages.success(self.request, said)
                return to_row(saved)
        return self._page(form)

    def _asked_kind(self) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        return {"kind": kind} if self.question is None and kind in Kind.values else {}

    def _form(self, data: Any = None, initial: dict[str, Any] | None = None) -> QuestionForm:
        form = QuestionForm(data, initial=initial, question=self.question)
        if self.answers and self.question:
            form.freeze(self.question)
        return form

    def _options(self, form: QuestionForm) -> list[Option] | None:
        """Return the choices that were typed, none for other kinds, None with faults marked."""
        form.full_clean()
        if form.cleaned_data.get("kind") not in services.WITH_OPTIONS:
            return []
        try:
            options = option_rows.options_from(self.rows, self.options)
        except FaultyRows as faulty:
            self.rows = faulty.rows
            for row in {row.error for row in faulty.rows if row.error}:
                form.add_error(None, row)
            return None
        if len(options) < services.FEWEST_OPTIONS:
            form.add_error(None, str(errors.TooFewChoices.sentence))
            return None
        return options

    def _save(self, form: QuestionForm, options: list[Option]) -> OwnQuestion:
        wanted, actor = form.wanted(options), self.request.user
        if self.question is None:
            return services.add_question(
                self.round.pk, section=self.section, wanted=wanted, actor=actor
            )
        return services.change_question(self.question.pk, wanted=wanted, actor=actor)

    def _page(self, form: QuestionForm) -> HttpResponse:
        context = round_context(self.round, self.request.user, tab="form")
        context |= {
            "question": self.question,
            "section_title": self.section.label,
            "form": form,
            "rows": self.rows,
            "pressed": self.pressed,
            "answers": self.answers,
            "is_open": services.is_open(self.round),
        }
        return render(self.request, "rounds/call/questions/question.html", context)
