"""The editor of a round's form: what it asks, and in which order."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.call.questions import services
from rounds.call.questions.answered import answer_counts
from rounds.call.questions.enums import Kind, SectionKey
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.pages import RULE_PREFIX, section_lines
from rounds.call.questions.services import is_open
from rounds.planning.models import Round
from rounds.planning.pages import round_context

ELSEWHERE = "elsewhere"


@login_required
@require_safe
def round_form(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what the form of a round asks, section by section."""
    round_ = the_round(request, slug, "rounds.see_form")
    context = round_context(round_, request.user, tab="form")
    context |= {
        "sections": section_lines(round_),
        "kinds": Kind.choices,
        "is_open": is_open(round_),
        "can_edit": context["can_plan"] and is_open(round_),
    }
    return render(request, "rounds/call/questions/form.html", context)


@login_required
@require_POST
def round_form_rules(request: SignedInRequest, slug: str) -> HttpResponse:
    """Save what the form does with the standard questions, perhaps on the way to a new one."""
    round_ = the_round(request, slug, "rounds.edit_form")
    section = request.POST.get("add", "")
    try:
        _save_rules(request, round_.pk)
    except Refused as refusal:
        say_why(request, refusal)
        return redirect("round-form", slug)
    if section in SectionKey.values:
        kind = urlencode({"kind": request.POST.get(f"kind-{section}", "")})
        return redirect(f"{reverse('round-form-question-new', args=[slug, section])}?{kind}")
    messages.success(request, _("The standard questions have been saved."))
    return redirect("round-form", slug)


def _save_rules(request: SignedInRequest, round_id: int) -> None:
    """Save the rules that stand on the page: no button of it loses what was chosen beside it."""
    chosen = {
        name.removeprefix(RULE_PREFIX): str(value)
        for name, value in request.POST.items()
        if name.startswith(RULE_PREFIX)
    }
    if chosen:
        services.set_field_rules(round_id, chosen=chosen, actor=request.user)


@login_required
@require_POST
def round_form_move(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Move an own question up, down or to another section, and go back to it.

    While it can go further, the focus lands on the same button: by keyboard each step is one press.
    """
    question = the_question(request, slug, pk)
    where = request.POST.get("where", "")
    if where == ELSEWHERE:
        where = request.POST.get(f"to-{pk}", "")
    if where not in (services.UP, services.DOWN, *SectionKey.values):
        return to_row(question)
    try:
        _save_rules(request, question.round_id)
        question = services.move_question(pk, where=where, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        row = list(question.round.own_questions.filter(section=question.section))
        messages.success(
            request,
            _("“%(question)s” is now question %(place)d of %(all)d under “%(section)s”.")
            % {
                "question": question,
                "place": row.index(question) + 1,
                "all": len(row),
                "section": question.get_section_display(),
            },
        )
        end = {services.UP: row[0], services.DOWN: row[-1]}.get(where, question)
        if question != end:
            return to_row(question, button=where)
    return to_row(question)


@login_required
@require_POST
def round_form_ask(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Stop asking a question, or ask it again."""
    question = the_question(request, slug, pk)
    is_asked = request.POST.get("asked") == "1"
    try:
        _save_rules(request, question.round_id)
        services.ask_question(pk, is_asked=is_asked, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        again, no_more = _("“%(question)s” is asked again."), _("“%(question)s” is not asked now.")
        messages.success(request, (again if is_asked else no_more) % {"question": question})
    return to_row(question)


@login_required
@require_http_methods(["GET", "POST"])
def round_form_delete(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ask whether to delete a question that nobody has answered, and do it."""
    question = the_question(request, slug, pk)
    if request.method == "POST":
        try:
            services.delete_question(pk, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
            return to_row(question)
        messages.success(request, _("“%(question)s” has been deleted.") % {"question": question})
        return redirect("round-form", slug)
    if question.field in answer_counts(question.round_id) or not is_open(question.round):
        return to_row(question)
    context = round_context(question.round, request.user, tab="form") | {"question": question}
    return render(request, "rounds/call/questions/delete.html", context)


def the_round(request: SignedInRequest, slug: str, permission: str) -> Round:
    """Return the round whose form is meant; 404 for strangers, 403 for who may not."""
    round_: Round = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require(permission, request.user, round_)
    return round_


def the_question(request: SignedInRequest, slug: str, pk: int) -> OwnQuestion:
    """Return the question that is to be changed, of the round that the address names."""
    round_ = the_round(request, slug, "rounds.edit_form")
    question: OwnQuestion = get_object_or_404(round_.own_questions, pk=pk)
    return question


def to_row(question: OwnQuestion, *, button: str = "") -> HttpResponse:
    """Go back to the question's row, or to the button that moves it, where the focus lands."""
    place = f"{button}-{question.field}" if button else question.field
    return redirect(f"{reverse('round-form', args=[question.round.slug])}#{place}")
