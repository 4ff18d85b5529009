"""Checking the whole and submitting it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from minno_portal import clock
from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.call.terms import TERMS_VERSION
from rounds.challenges.content import missing_points, snapshot
from rounds.challenges.errors import Incomplete, TermsNotAccepted
from rounds.challenges.forms import SubmitForm
from rounds.challenges.models import Challenge
from rounds.challenges.presentation import parts
from rounds.challenges.progress import is_over, missing_here, progress
from rounds.challenges.sections import CHECK
from rounds.challenges.services import submit_challenge
from rounds.challenges.writing.advice import advice_for_draft
from rounds.challenges.writing.pages import closing
from rounds.challenges.writing.saving import saved_words


@login_required
@never_cache
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
            submit_challenge(pk, accepted_terms=form is not None, actor=request.user)
        except Incomplete:
            pass  # the page names every missing point
        except TermsNotAccepted:
            form = SubmitForm({})
        except Refused as refusal:
            say_why(request, refusal)
        else:
            return redirect("challenge-receipt", pk=pk)
    return _check_page(request, challenge, form)


def _check_page(
    request: SignedInRequest, challenge: Challenge, form: SubmitForm | None
) -> HttpResponse:
    content = snapshot(challenge)
    missing = missing_points(content, challenge.round)
    context = {
        "challenge": challenge,
        "round": challenge.round,
        "parts": parts(content, challenge.round),
        "missing": missing_here(missing, challenge.pk),
        "advice": advice_for_draft(challenge, content),
        "form": form,
        "steps": progress(challenge, CHECK, missing=missing),
        "is_over": is_over(challenge, clock.now()),
        "closes": closing(challenge),
        "saved": saved_words(challenge, request.user),
        "was_pressed": request.method == "POST",
    }
    return render(request, "rounds/challenges/submit.html", context)
