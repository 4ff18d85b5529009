"""The settings of a round, and the text of its call."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.planning.copying import LANGUAGES
from rounds.planning.forms import TextForm
from rounds.planning.forms_settings import SettingsForm
from rounds.planning.models import Round
from rounds.planning.pages import round_context
from rounds.planning.services import set_intro
from rounds.planning.upkeep import TooFewPlaces, set_capacity, set_estimates


@login_required
def settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change a round's places and the estimates of its phases."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.plan_round", request.user, round_)
    form = SettingsForm(
        request.POST or None,
        initial={"capacity": round_.capacity},
        phases=round_.phases.order_by("number"),
        decisions_are_told=round_.announced_at is not None,
    )
    if request.method == "POST" and form.is_valid() and _save(form, round_, request):
        messages.success(request, _("The settings have been saved."))
        return redirect("round", slug)
    return render(
        request,
        "rounds/planning/settings.html",
        {**round_context(round_, request.user, tab="overview"), "form": form},
    )


def _save(form: SettingsForm, round_: Round, request: SignedInRequest) -> bool:
    """Save both or neither; a refusal becomes the form's error."""
    try:
        with transaction.atomic():
            set_capacity(round_.pk, capacity=form.cleaned_data["capacity"], actor=request.user)
            set_estimates(round_.pk, estimates=form.estimates, actor=request.user)
    except TooFewPlaces as refusal:
        form.add_error("capacity", str(refusal.sentence))
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
    else:
        return True
    return False


@login_required
def edit_text(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write the text of the call in three languages."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.plan_round", request.user, round_)
    form = TextForm(
        request.POST or None,
        initial={language: getattr(round_, f"intro_{language}") for language in LANGUAGES},
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_intro(round_.pk, texts=form.cleaned_data, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(request, _("The text of the call has been saved."))
            return redirect("round", slug)
    return render(
        request,
        "rounds/planning/text.html",
        {**round_context(round_, request.user, tab="overview"), "form": form},
    )
