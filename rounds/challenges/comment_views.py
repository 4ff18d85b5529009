"""Talking about a challenge: comments, asking for completion and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.challenges.forms import CommentForm
from rounds.challenges.helping.forms import CompletionForm
from rounds.challenges.helping.quality import requests_from
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import is_of_party
from rounds.challenges.presentation import title_for
from rounds.challenges.services import add_comment, ask_completion, end_completion
from rounds.challenges.views import answer_with_challenge, open_actions


@login_required
@require_POST
def challenge_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a comment; what cannot be saved stays in the box."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.comment_challenge", request.user, challenge)
    is_party = bool(is_of_party.test(request.user, challenge))
    form = CommentForm(request.POST, challenge=challenge, is_party=is_party)
    if not form.is_valid():
        return answer_with_challenge(request, challenge, form)
    try:
        add_comment(pk, **form.cleaned_data, actor=request.user)
    except Refused as refusal:
        form.add_error("body", str(refusal.sentence))
        return answer_with_challenge(request, challenge, form)
    messages.success(request, _("Your comment has been added."))
    return redirect(f"{reverse('challenge', args=[pk])}#comments")


@login_required
@require_http_methods(["GET", "POST"])
def challenge_ask_completion(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write what the association should complete, and by when."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.ask_completion", request.user, challenge)
    if request.method == "GET" and "ask_completion" not in open_actions(challenge, request.user):
        return redirect("challenge", pk=pk)
    form = CompletionForm(
        request.POST if request.method == "POST" else None, initial=_prefilled(request, challenge)
    )
    if request.method == "POST" and form.is_valid():
        try:
            ask_completion(pk, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(
                request,
                _("%(organisation)s has been asked to complete the challenge.")
                % {"organisation": challenge.organisation.shown_name},
            )
            return redirect("challenge", pk=pk)
    context = {
        "challenge": challenge,
        "shown_title": title_for(request.user, challenge),
        "round": challenge.round,
        "form": form,
    }
    return render(request, "rounds/challenges/ask_completion.html", context)


def _prefilled(request: SignedInRequest, challenge: Challenge) -> dict[str, str]:
    """Return the points that the quality check suggests, where the person came from it."""
    if request.GET.get("from") != "quality":
        return {}
    return {"points": "\n".join(requests_from(challenge, challenge.quality_marks.all()))}


@login_required
@require_POST
def challenge_end_completion(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on with the version that was submitted."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.ask_completion", request.user, challenge)
    try:
        end_completion(pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("The submitted version goes on as it is."))
    return redirect("challenge", pk=pk)
