"""Writing one section of a draft; whatever happens to saving, what was typed is not lost."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require
from rounds.call.questions.enums import SectionKey
from rounds.challenges.errors import Overtaken
from rounds.challenges.helping.point_views import tick_with_form
from rounds.challenges.models import Challenge
from rounds.challenges.section_forms import SectionForm, section_form
from rounds.challenges.sections import CHECK, form_of, section_after
from rounds.challenges.services import save_section
from rounds.challenges.writing.autosave import (
    NOT_POSSIBLE,
    is_autosave,
    is_of_another,
    save_quietly,
    section_gone,
    signed_out,
)
from rounds.challenges.writing.kept import TooMuchToKeep, forget, keep, of_section, read
from rounds.challenges.writing.limits import TooManyKept, allow_keeping
from rounds.challenges.writing.pages import conflict_context, section_page, typed_texts
from rounds.challenges.writing.saving import posted_values

PREVIEW = "preview"


@never_cache
@require_http_methods(["GET", "POST"])
def challenge_edit(request: SignedInRequest, pk: int, section: str) -> HttpResponse:
    """Write one section; what was typed stays on the page whatever happens to saving it."""
    if not request.user.is_authenticated:
        return _signed_out(request, pk, section)
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.write_challenge", request.user, challenge)
    if section == CHECK:
        return redirect("challenge-submit", pk=pk)
    if section not in form_of(challenge.round).by_key:
        return _gone(request, challenge, section)
    return (_open if request.method == "GET" else _posted)(request, challenge, section)


def _gone(request: SignedInRequest, challenge: Challenge, section: str) -> HttpResponse:
    """Give back what was typed in a section whose questions were taken off in the meantime."""
    if section not in SectionKey.values or request.method == "GET":
        raise Http404
    if is_autosave(request):
        return section_gone()
    context = {"challenge": challenge, "typed": typed_texts(request)}
    return render(request, "rounds/challenges/section_gone.html", context, status=NOT_POSSIBLE)


def _posted(request: SignedInRequest, challenge: Challenge, section: str) -> HttpResponse:
    if request.POST.get("take") == "stored":
        forget(request.session, of_section(challenge.pk, section))
        return redirect("challenge-edit", pk=challenge.pk, section=section)
    form = section_form(challenge, section, request.POST)
    if is_autosave(request):
        if is_of_another(request):
            return signed_out(request.path)
        return save_quietly(request, challenge, form)
    if not form.is_valid():
        _keep(request, challenge, form)
        return section_page(request, challenge, form)
    return _save(request, challenge, form)


def _open(request: SignedInRequest, challenge: Challenge, section: str) -> HttpResponse:
    """Show the section as it is stored, or with what was typed and could not be."""
    kept = read(request.session, of_section(challenge.pk, section))
    if kept:
        form = section_form(challenge, section, kept.data)
        return section_page(request, challenge, form, is_unsaved=True)
    if not challenge.is_editable:
        return redirect("challenge", pk=challenge.pk)
    return section_page(request, challenge, section_form(challenge, section))


def _save(request: SignedInRequest, challenge: Challenge, form: SectionForm) -> HttpResponse:
    section = form.section.key
    values = form.values
    if request.POST.get("take") == "newer":
        passed_over = set(request.POST.getlist("differing"))
        values = {name: value for name, value in values.items() if name not in passed_over}
    try:
        save_section(
            challenge.pk,
            section=section,
            values=values,
            version=form.cleaned_data["version"],
            actor=request.user,
        )
    except Overtaken as refusal:
        form.add_error(None, str(refusal.sentence))
        both = conflict_context(refusal, form)
        # Saving once more from this page is meant to replace the newer text, which was shown; what
        # only the other one has changed comes to the form.
        typed = request.POST.copy()
        typed["version"] = str(refusal.newer.version)
        newer = section_form(refusal.newer, section)
        for name, each in posted_values(newer, refusal.theirs).items():
            typed.setlist(name, each)
        form.data = typed
        return section_page(request, challenge, form, **both)
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return section_page(request, challenge, form)
    forget(request.session, of_section(challenge.pk, section))
    stays = tick_with_form(request, challenge) or request.POST.get("take")
    go = "stay" if stays else request.POST.get("go", "")
    return redirect(_where_next(go, challenge, section))


def _keep(request: SignedInRequest, challenge: Challenge, form: SectionForm) -> None:
    """Keep what is wrong too, so that closing the window does not lose it."""
    place = of_section(challenge.pk, form.section.key)
    try:
        keep(request.session, place, request.POST, form.fields, language=challenge.language)
    except TooMuchToKeep as refusal:
        form.add_error(None, str(refusal.sentence))


def _signed_out(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Keep what was typed for the person's return, and ask to sign in.

    Nothing tells whether there is such a challenge.
    """
    here = reverse("challenge-edit", args=[pk, section])
    sign_in = redirect_to_login(here)
    if request.method == "GET":
        return sign_in
    challenge = Challenge.objects.select_related("round").filter(pk=pk).first()
    asked = form_of(challenge.round).by_key.get(section) if challenge else None
    if asked is not None:
        names = (*asked.fields, "version")
        try:
            allow_keeping(request)
            language = get_language() or "fi"
            keep(request.session, of_section(pk, section), request.POST, names, language=language)
        except TooManyKept as refusal:
            return _not_kept(request, refusal, names, sign_in["Location"])
        except TooMuchToKeep:
            pass  # more than any form takes was not typed by a person
    return signed_out(sign_in["Location"]) if is_autosave(request) else sign_in


def _not_kept(
    request: HttpRequest, refusal: TooManyKept, names: Iterable[str], sign_in: str
) -> HttpResponse:
    """Say that nothing was kept; the page shows what was typed and can send it again."""
    if is_autosave(request):
        return JsonResponse({"message": str(refusal.sentence)}, status=NOT_POSSIBLE)
    posted = request.POST
    context = {
        "refusal": refusal.sentence,
        "typed": typed_texts(request),
        "again": [(name, each) for name in (*names, "go") for each in posted.getlist(name)],
        "sign_in": sign_in,
    }
    return render(request, "rounds/challenges/not_kept.html", context, status=NOT_POSSIBLE)


def _where_next(go: str, challenge: Challenge, section: str) -> str:
    """Return the address that the pressed button names; the next section when it is unknown."""
    pk, form = challenge.pk, form_of(challenge.round)
    if go == "stay":
        return reverse("challenge-edit", args=[pk, section])
    if go == PREVIEW:
        return reverse("challenge-preview", args=[pk])
    if go not in (*form.by_key, CHECK):
        go = section_after(form, section)
    if go == CHECK:
        return reverse("challenge-submit", args=[pk])
    return reverse("challenge-edit", args=[pk, go])
