"""Beginning a challenge: the whole form on one page, open to everybody, before any signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from minno_portal.errors import Refused
from minno_portal.numbers import whole_number
from organisations.access import SignedInRequest, say_why
from organisations.register.models import Organisation
from rounds.challenges.forms import BeginForm
from rounds.challenges.presentation import parts
from rounds.challenges.sections import form_of
from rounds.challenges.writing.autosave import NOT_POSSIBLE, is_autosave
from rounds.challenges.writing.beginning_page import Beginning, answer_with, kept_words, steps_of
from rounds.challenges.writing.kept import Kept, KeptElsewhere, forget, keep, of_round, read
from rounds.challenges.writing.limits import allow_keeping
from rounds.challenges.writing.pages import Conflict
from rounds.challenges.writing.services import begin_with_text
from rounds.challenges.writing.whole import WholeForm
from rounds.planning.models import Round

MOST_DIGITS = 6


@never_cache
@require_http_methods(["GET", "POST"])
def challenge_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a challenge first; who signs in later finds here what was typed."""
    page = _beginning(request, slug)
    if request.method == "GET":
        data = page.kept.data if page.kept else None
        return answer_with(page, WholeForm(page.round, page.language, data, lenient=True))
    if is_autosave(request):
        return _keep_quietly(page)
    if request.POST.get("take") == "newer":
        return redirect("challenge-new", slug=slug)
    whole = WholeForm(page.round, page.language, request.POST)
    try:
        _keep(page, whole)
    except KeptElsewhere as refusal:
        return _both_texts(page, whole, refusal)
    except Refused as refusal:
        page.more["refusal"] = str(refusal.sentence)
        return answer_with(page, whole)
    return _go_on(page, whole, "stay" if request.POST.get("take") else request.POST.get("go", ""))


def _go_on(page: Beginning, whole: WholeForm, go: str) -> HttpResponse:
    """Do what the button said: look at it, keep it, make a draft of it, or finish it."""
    slug = page.round.slug
    if go == "preview":
        return redirect("challenge-new-preview", slug=slug)
    if not whole.is_valid():
        return answer_with(page, whole)
    if page.organisations:
        return _make_draft(page, whole, go)
    if go == "stay":
        _say_kept(page)
        return redirect("challenge-new", slug=slug)
    return redirect("challenge-finish", slug=slug)


def show_unsent(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the page again with what was posted from one that was too old."""
    page = _beginning(request, slug)
    page.more["is_unsaved"] = True
    return answer_with(page, WholeForm(page.round, page.language, request.POST), status=403)


def _beginning(request: SignedInRequest, slug: str) -> Beginning:
    round_ = get_object_or_404(Round.objects.published(), slug=slug)
    organisations = Organisation.objects.none()
    if request.user.is_authenticated:
        organisations = Organisation.objects.filter(pk__in=request.user.ties.writing)
    kept = read(request.session, of_round(round_))
    return Beginning(request, round_, get_language() or "fi", organisations, kept)


def _keep(page: Beginning, whole: WholeForm) -> Kept:
    allow_keeping(page.request)
    page.kept = keep(
        page.request.session,
        page.place,
        page.request.POST,
        whole.names,
        language=page.language,
        number=whole_number(page.request.POST.get("number", ""), digits=MOST_DIGITS),
    )
    return page.kept


def _keep_quietly(page: Beginning) -> JsonResponse:
    """Keep what is typed for the page's script; nothing is required, and nothing is refused."""
    whole = WholeForm(page.round, page.language, page.request.POST, lenient=True)
    try:
        kept = _keep(page, whole)
    except KeptElsewhere as refusal:
        context = {"conflicts": _conflicts(page, whole, refusal.newer)}
        html = render_to_string("rounds/challenges/_conflicts.html", context, page.request)
        return JsonResponse({"html": html, "version": refusal.newer.number}, status=NOT_POSSIBLE)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal.sentence)}, status=NOT_POSSIBLE)
    return JsonResponse(
        {
            "saved": kept_words(kept),
            "version": kept.number,
            "errors": {name: " ".join(map(str, wrong)) for name, wrong in whole.errors.items()},
            "done": [step.key for step in steps_of(whole) if step.is_done],
            "newer": {},
        }
    )


def _both_texts(page: Beginning, whole: WholeForm, refusal: KeptElsewhere) -> HttpResponse:
    """Show what another window kept beside what this one has."""
    page.kept = refusal.newer
    page.more["refusal"] = str(refusal.sentence)
    page.more["conflicts"] = _conflicts(page, whole, refusal.newer)
    return answer_with(page, whole)


def _conflicts(page: Beginning, whole: WholeForm, newer: Kept) -> list[Conflict]:
    other = WholeForm(page.round, page.language, newer.data, lenient=True)
    theirs, mine = other.content, whole.content
    form = form_of(page.round)
    rows = [
        {row.question.field: row for part in parts(content, page.round) for row in part.rows}
        for content in (mine, theirs)
    ]
    return [
        Conflict(question, rows[0].get(name), rows[1].get(name))
        for name, question in form.questions.items()
        if mine.get(name) != theirs.get(name)
    ]


def _make_draft(page: Beginning, whole: WholeForm, go: str) -> HttpResponse:
    """Turn the text of somebody with an organisation into a draft of it."""
    chosen = BeginForm(page.request.POST, organisations=page.organisations)
    if not chosen.is_valid():
        page.more["chosen"] = chosen
        return answer_with(page, whole)
    try:
        draft = begin_with_text(
            page.round.pk,
            organisation_id=chosen.cleaned_data["organisation"].pk,
            values=whole.values,
            language=page.language,
            actor=page.request.user,
        )
    except Refused as refusal:
        say_why(page.request, refusal)
        return answer_with(page, whole)
    forget(page.request.session, page.place)
    if go == "stay":
        return redirect("challenge-edit", pk=draft.pk, section="challenge")
    return redirect("challenge-submit", pk=draft.pk)


def _say_kept(page: Beginning) -> None:
    said = _("Your text is kept in this browser's session. Sign in to store it for good.")
    messages.success(page.request, said)
