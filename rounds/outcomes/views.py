"""Pages of a round's outcomes, for the parties; the public ones are in public.py."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minno_portal.errors import Refused, WrongState
from organisations.access import SignedInRequest, require, say_why
from rounds.challenges.models import Challenge
from rounds.outcomes import services
from rounds.outcomes.forms import OutcomeForm
from rounds.outcomes.models import Outcome
from rounds.planning.models import Round
from rounds.planning.pages import round_context


@require_safe
@login_required
def round_outcomes(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what each of the round's projects has made."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_outcomes", request.user, round_)
    challenges = (
        round_.challenges.filter(status__in=services.HAS_OUTCOMES)
        .select_related("organisation")
        .prefetch_related(Prefetch("outcomes", Outcome.objects.order_by("pk")))
        .order_by("number")
    )
    context = {
        **round_context(round_, request.user, tab="outcomes"),
        "challenges": challenges,
        "may_record": rules.has_perm("rounds.record_outcome", request.user, round_),
        "may_publish": rules.has_perm("rounds.publish_outcome", request.user, round_),
    }
    return render(request, "rounds/outcomes/round_outcomes.html", context)


@login_required
def outcome_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record an outcome of a project."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.record_outcome", request.user, challenge)
    if challenge.status not in services.HAS_OUTCOMES:
        say_why(request, WrongState())
        return redirect("round-outcomes", challenge.round.slug)
    initial = {"may_publish": challenge.may_publish, "language": challenge.language}
    form = OutcomeForm(request.POST or None, initial=initial)
    return _outcome_form(request, challenge, form)


@login_required
def outcome_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct an outcome."""
    outcome = get_object_or_404(Outcome.objects.visible_to(request.user), pk=pk)
    require("rounds.record_outcome", request.user, outcome)
    form = OutcomeForm(request.POST or None, instance=outcome)
    return _outcome_form(request, outcome.challenge, form)


def _outcome_form(
    request: SignedInRequest, challenge: Challenge, form: OutcomeForm
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {**form.cleaned_data, "actor": request.user}
        try:
            if form.instance.pk:
                services.change_outcome(form.instance.pk, **values)
            else:
                services.record_outcome(challenge.pk, **values)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(request, _("The outcome is saved."))
        return redirect("round-outcomes", challenge.round.slug)
    context = {
        **round_context(challenge.round, request.user, tab="outcomes"),
        "challenge": challenge,
        "form": form,
        "outcome": form.instance,
    }
    return render(request, "rounds/outcomes/outcome_form.html", context)


@require_POST
@login_required
def outcome_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an outcome on the public pages."""
    return _change(request, pk, services.publish_outcome, _("The outcome is now public."))


@require_POST
@login_required
def outcome_hide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an outcome off the public pages."""
    return _change(request, pk, services.hide_outcome, _("The outcome is no longer public."))


def _change(request: SignedInRequest, pk: int, change: Any, done: str) -> HttpResponse:
    outcome = get_object_or_404(Outcome.objects.visible_to(request.user), pk=pk)
    require("rounds.publish_outcome", request.user, outcome)
    try:
        change(outcome.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, done)
    return redirect("round-outcomes", outcome.challenge.round.slug)
