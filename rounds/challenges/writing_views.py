"""Writing a challenge: beginning, the sections of the form, checking and submitting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minno_portal import clock
from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from organisations.register.models import Organisation
from rounds.call.terms import TERMS_VERSION
from rounds.challenges.content import missing_points, snapshot
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.errors import Incomplete, Overtaken, TermsNotAccepted
from rounds.challenges.forms import FORMS, BeginForm, SectionForm, SubmitForm
from rounds.challenges.models import Challenge, Comment
from rounds.challenges.presentation import parts
from rounds.challenges.progress import conflicts, is_over, missing_here, progress, when_saved
from rounds.challenges.sections import BY_KEY, CHECK, section_after
from rounds.challenges.services import begin_challenge, save_section, submit_challenge
from rounds.planning.models import Round


@login_required
@require_http_methods(["GET", "POST"])
def challenge_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin a challenge in the name of one of the person's organisations."""
    round_ = get_object_or_404(Round.objects.published(), slug=slug)
    organisations = Organisation.objects.filter(pk__in=request.user.ties.writing)
    if round_.call_is_open and not organisations:
        here = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('organisation-new')}?{here}")
    form = BeginForm(
        request.POST if request.method == "POST" else None, organisations=organisations
    )
    drafts = Challenge.objects.of_contact(request.user).filter(round=round_, status=Status.DRAFT)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        # A second press, or a return with the browser's arrow, finds the draft just begun.
        draft = drafts.untouched().filter(organisation=organisation).first()
        try:
            draft = draft or begin_challenge(
                round_.pk, organisation_id=organisation.pk, actor=request.user
            )
        except Refused as refusal:
            say_why(request, refusal)
        else:
            return redirect("challenge-edit", pk=draft.pk, section="contact")
    context = {"round": round_, "form": form, "organisations": organisations, "drafts": drafts}
    return render(request, "rounds/challenges/new.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def challenge_edit(request: SignedInRequest, pk: int, section: str) -> HttpResponse:
    """Write one section; what was typed stays on the page whatever happens to saving it."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.write_challenge", request.user, challenge)
    if section == CHECK:
        return redirect("challenge-submit", pk=pk)
    if section not in BY_KEY:
        raise Http404
    if request.method == "GET":
        if not challenge.is_editable:
            return redirect("challenge", pk=pk)
        return _section_page(request, challenge, FORMS[section](instance=challenge), section)
    form = FORMS[section](request.POST, instance=challenge)
    if not form.is_valid():
        return _section_page(request, challenge, form, section)
    return _save(request, challenge, form, section)


def _save(
    request: SignedInRequest, challenge: Challenge, form: SectionForm, section: str
) -> HttpResponse:
    try:
        save_section(
            challenge.pk,
            section=section,
            values=form.values,
            version=form.cleaned_data["version"],
            actor=request.user,
        )
    except Overtaken as refusal:
        form.add_error(None, str(refusal.sentence))
        # Saving once more from this page is meant to replace the newer text, which was shown.
        typed = request.POST.copy()
        typed["version"] = str(refusal.newer.version)
        form.data = typed
        return _section_page(request, challenge, form, section, conflicts=conflicts(refusal))
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return _section_page(request, challenge, form, section)
    return redirect(_where_next(request.POST.get("go", ""), challenge.pk, section))


def _where_next(go: str, pk: int, section: str) -> str:
    """Return the address that the pressed button names; the next section when it is unknown."""
    if go == "stay":
        return reverse("challenge-edit", args=[pk, section])
    if go not in (*BY_KEY, CHECK):
        go = section_after(section)
    if go == CHECK:
        return reverse("challenge-submit", args=[pk])
    return reverse("challenge-edit", args=[pk, go])


def _section_page(
    request: SignedInRequest, challenge: Challenge, form: SectionForm, section: str, **more: Any
) -> HttpResponse:
    # A bound form has written what was typed into its instance: ask the database what stands.
    stored = Challenge.objects.visible_to(request.user).get(pk=challenge.pk)
    context = {
        "challenge": stored,
        "round": stored.round,
        "section": BY_KEY[section],
        "form": form,
        "steps": progress(stored, section),
        "is_over": is_over(stored, clock.now()),
        "saved": when_saved(stored),
        "last_comment": _last_comment(stored),
        **more,
    }
    return render(request, "rounds/challenges/edit.html", context)


def _last_comment(challenge: Challenge) -> Comment | None:
    """Return the newest comment that came from the other side."""
    if challenge.submitted_at is None:
        return None
    comment: Comment | None = (
        challenge.comments.filter(visibility=Visibility.ASSOCIATION)
        .exclude(author__memberships__organisation=challenge.organisation_id)
        .last()
    )
    return comment


@login_required
@require_http_methods(["GET", "POST"])
def challenge_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the whole as the students will see it, what is missing, and submit it."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.submit_challenge", request.user, challenge)
    accepted_before = challenge.terms_version == TERMS_VERSION
    form = (
        None if accepted_before else SubmitForm(request.POST if request.method == "POST" else None)
    )
    if request.method == "GET" and not challenge.is_editable:
        return redirect("challenge", pk=pk)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            submitted = submit_challenge(pk, accepted_terms=form is not None, actor=request.user)
        except Incomplete:
            pass  # the page names every missing point
        except TermsNotAccepted:
            form = SubmitForm({})
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(
                request,
                _(
                    "Your challenge has been submitted. Its reference number is %(reference)s. "
                    "We have sent a receipt by e-mail."
                )
                % {"reference": submitted.reference},
            )
            return redirect("challenge", pk=pk)
    return _check_page(request, challenge, form)


def _check_page(
    request: SignedInRequest, challenge: Challenge, form: SubmitForm | None
) -> HttpResponse:
    content = snapshot(challenge)
    missing = missing_points(content)
    context = {
        "challenge": challenge,
        "round": challenge.round,
        "parts": parts(content),
        "missing": missing_here(missing, challenge.pk),
        "form": form,
        "steps": progress(challenge, CHECK, missing=missing),
        "is_over": is_over(challenge, clock.now()),
        "saved": when_saved(challenge),
        "was_pressed": request.method == "POST",
    }
    return render(request, "rounds/challenges/submit.html", context)
