"""The last page before the receipt: whose challenge it is, who can be asked, and the terms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from minno_portal import clock
from minno_portal.errors import Refused
from organisations.access import SignedInRequest
from organisations.register.errors import OrganisationKnown, SeveralFound
from rounds.challenges.enums import Status
from rounds.challenges.errors import CallClosed
from rounds.challenges.models import Challenge
from rounds.challenges.writing.advice import advice_before_draft
from rounds.challenges.writing.beginning_page import steps_of
from rounds.challenges.writing.finishing_forms import FinishingForm
from rounds.challenges.writing.kept import Kept, forget, of_round, read
from rounds.challenges.writing.previewing import brief
from rounds.challenges.writing.services import SECOND_PRESS, give_challenge
from rounds.planning.models import Round


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def challenge_finish(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give what was typed before signing in, or store it as a draft."""
    round_ = get_object_or_404(Round.objects.published(), slug=slug)
    kept = read(request.session, of_round(round_))
    if kept is None:
        return _given_already(request, round_)
    submits = request.POST.get("go") != "draft"
    form = FinishingForm(request, round_, kept, submits=submits)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, kept)
    return _give(request, form, kept)


def show_unsent(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the page again with what was posted from one that was too old."""
    round_ = get_object_or_404(Round.objects.published(), slug=slug)
    kept = read(request.session, of_round(round_))
    if kept is None or not request.user.is_authenticated:
        return redirect("challenge-finish", slug=slug)
    form = FinishingForm(request, round_, kept, submits=False)
    return _page(request, form, kept, status=403, is_unsaved=True)


def _give(request: SignedInRequest, form: FinishingForm, kept: Kept) -> HttpResponse:
    """Do what was pressed; a refusal is told where it can be mended."""
    more: dict[str, Any] = {}
    try:
        challenge = _given(request, form, kept, submits=form.submits)
    except CallClosed as refusal:
        # Who was writing when the call closed loses nothing: the text becomes a draft.
        challenge = _given(request, form, kept, submits=False)
        messages.warning(request, str(refusal.sentence))
    except SeveralFound as question:
        more["candidates"] = question.candidates
        return _page(request, form, kept, **more)
    except OrganisationKnown as refusal:
        form.organisation.add_error(refusal.field, str(refusal.sentence))
        return _page(request, form, kept)
    except Refused as refusal:
        form.organisation.add_error(None, str(refusal.sentence))
        return _page(request, form, kept)
    forget(request.session, of_round(form.round))
    return _after(request, challenge)


def _given(
    request: SignedInRequest, form: FinishingForm, kept: Kept, *, submits: bool
) -> Challenge:
    return give_challenge(
        form.round.pk,
        organisation=form.chosen_organisation,
        values=form.values,
        language=kept.language,
        submits=submits,
        actor=request.user,
    )


def _after(request: SignedInRequest, challenge: Challenge) -> HttpResponse:
    """Show the receipt, or the draft."""
    if challenge.status == Status.DRAFT:
        messages.success(request, _("Your challenge is stored as a draft."))
        return redirect("challenge-submit", pk=challenge.pk)
    return redirect("challenge-receipt", pk=challenge.pk)


def _given_already(request: SignedInRequest, round_: Round) -> HttpResponse:
    """Answer a second press, or a return with the browser's arrow: what it made is there."""
    made = Challenge.objects.of_contact(request.user).filter(
        round=round_, created_by=request.user, created_at__gt=clock.now() - SECOND_PRESS
    )
    newest = made.order_by("-pk").first()
    if newest is None:
        return redirect("challenge-new", slug=round_.slug)
    return redirect("challenge-submit" if newest.is_editable else "challenge-receipt", pk=newest.pk)


def _page(
    request: SignedInRequest, form: FinishingForm, kept: Kept, *, status: int = 200, **more: Any
) -> HttpResponse:
    content = form.content
    context = {
        **brief(content, form.round),
        "challenge": form.whole.challenge,
        "form": form,
        "steps": steps_of(form.whole),
        "organisations": form.organisations,
        "missing": form.elsewhere,
        "advice": advice_before_draft(form.round, content),
        "is_over": clock.now() >= form.round.call_closes_at,
        "kept": kept,
        "was_pressed": request.method == "POST",
        **more,
    }
    return render(request, "rounds/challenges/finish.html", context, status=status)
