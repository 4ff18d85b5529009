"""One decision: making it, its reason, taking it back, changing it, the place from the reserve."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minno_portal.errors import Refused, WrongState
from organisations.access import SignedInRequest, say_why
from rounds.challenges.enums import OUTCOMES, Status
from rounds.challenges.models import Challenge
from rounds.selection import services
from rounds.selection.deciding.errors import PhraseUnedited, ReasonNeeded
from rounds.selection.deciding.forms import ReasonForm, SetAsideForm
from rounds.selection.deciding.phrases import phrase, phrases_for, with_phrase
from rounds.selection.deciding.reserve import next_in_reserve
from rounds.selection.enums import Outcome
from rounds.selection.form_fields import CrispyForm
from rounds.selection.models import Assessment, Decision
from rounds.selection.pages import page, the_challenge, to_board
from rounds.selection.places import places_taken


@login_required
@require_http_methods(["GET", "POST"])
def challenge_set_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide a challenge without proposing it."""
    challenge = the_challenge(request, pk, "rounds.set_aside_challenge")
    if challenge.status != Status.SUBMITTED:
        say_why(request, WrongState())
        return to_board(challenge.round, challenge)
    form, is_sent = filled(request, SetAsideForm, challenge)
    if is_sent and form.is_valid() and decided(form, services.set_aside, challenge, request):
        text = _("“%(title)s” has been decided. Nobody is told yet.")
        messages.success(request, text % {"title": challenge})
        return to_board(challenge.round, challenge)
    context = {"challenge": challenge, "form": form, "phrases": _all_phrases(challenge)}
    return page(request, "deciding/set_aside", challenge.round, context)


@login_required
@require_http_methods(["GET", "POST"])
def decision_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the reason to the applicant and the internal note, until the decision is told."""
    challenge = the_challenge(request, pk, "rounds.decide_challenge")
    decision = _standing(challenge)
    if decision is None or challenge.status not in OUTCOMES:
        say_why(request, WrongState())
        return to_board(challenge.round, challenge)
    written = {"reason": decision.reason, "internal_note": decision.internal_note}
    form, is_sent = filled(request, ReasonForm, challenge, decision.outcome, initial=written)
    if is_sent and form.is_valid() and decided(form, services.write_reason, challenge, request):
        messages.success(request, _("The reason has been saved. Nobody is told yet."))
        return to_board(challenge.round, challenge)
    in_reserve = challenge.status == Status.RESERVE
    context = {
        "challenge": challenge,
        "decision": decision,
        "form": form,
        "phrases": [(decision.outcome, "", phrases_for(decision.outcome, challenge.language))],
        "comments": Assessment.objects.with_comment(challenge),
        "proposals": challenge.proposals.select_related("packet", "answered_by"),
        "corrections": decision.corrections.select_related("sent_by"),
        "places_left": challenge.round.capacity - places_taken(challenge.round),
        "next_in_reserve": next_in_reserve(challenge.round) if in_reserve else None,
    }
    return page(request, "deciding/decision", challenge.round, context)


@login_required
@require_POST
def decision_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a decision back that nobody has been told."""
    challenge = the_challenge(request, pk, "rounds.decide_challenge")
    try:
        reopened = services.reopen_decision(challenge.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return to_board(challenge.round, challenge)
    if reopened.is_told:
        text = _("The new decision on “%(title)s” was taken back. What was told holds.")
    else:
        text = _("The decision on “%(title)s” was taken back. The challenge is weighed again.")
    messages.success(request, text % {"title": challenge})
    return to_board(challenge.round, challenge)


@login_required
@require_http_methods(["GET", "POST"])
def decision_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide otherwise than the association has been told."""
    challenge = the_challenge(request, pk, "rounds.decide_challenge")
    if not challenge.is_told or challenge.status not in OUTCOMES:
        say_why(request, WrongState())
        return to_board(challenge.round, challenge)
    form, is_sent = filled(request, SetAsideForm, challenge, without=challenge.status)
    if is_sent and form.is_valid() and decided(form, services.redecide, challenge, request):
        text = _("“%(title)s” has been decided anew. Tell the association on this page.")
        messages.success(request, text % {"title": challenge})
        return redirect("decisions-announce", challenge.round.slug)
    context = {
        "challenge": challenge,
        "decision": _standing(challenge),
        "form": form,
        "phrases": [each for each in _all_phrases(challenge) if each[0] != challenge.status],
    }
    return page(request, "deciding/change", challenge.round, context)


@login_required
@require_POST
def challenge_promote(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a free place to a challenge in reserve."""
    challenge = the_challenge(request, pk, "rounds.promote_challenge")
    try:
        services.promote_reserve(challenge.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return to_board(challenge.round, challenge)
    text = _("“%(title)s” is now confirmed. Tell the association on this page.")
    messages.success(request, text % {"title": challenge})
    return redirect("decisions-announce", challenge.round.slug)


# --- Reasons that start from a phrase ---------------------------------------------------------


def filled(
    request: SignedInRequest,
    kind: type[CrispyForm],
    challenge: Challenge,
    outcome: str = "",
    **kwargs: Any,
) -> tuple[Any, bool]:
    """Return the form as it was sent or with a phrase, and whether it was sent to be saved.

    A button asks for a phrase: `phrase=2` where the outcome is known, else `not_selected-2`.
    """
    wanted = request.POST.get("phrase") or request.GET.get("phrase", "")
    if request.method == "POST" and "phrase" not in request.POST:
        return kind(request.POST, **kwargs), True
    of, _dash, number = f"{outcome}-{wanted}".rpartition("-")
    of = of.strip("-")
    added = phrase(of, challenge.language, number)
    initial = dict(kwargs.pop("initial", {}))
    if request.method == "POST":
        initial = {name: request.POST.get(name, "") for name in kind.base_fields}
    if added:
        initial["reason"] = with_phrase(initial.get("reason", ""), added)
        if not outcome:
            initial["outcome"] = of
    return kind(initial=initial, **kwargs), False


def _all_phrases(challenge: Challenge) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (outcome.value, f"{outcome.value}-", phrases_for(outcome, challenge.language))
        for outcome in (Outcome.RESERVE, Outcome.NOT_SELECTED)
    ]


def decided(form: Any, act: Any, challenge: Challenge, request: SignedInRequest) -> bool:
    """Let a service do it, and say at the field why it does not."""
    try:
        act(challenge.pk, **form.cleaned_data, actor=request.user)
    except (PhraseUnedited, ReasonNeeded) as refusal:
        form.add_error("reason", str(refusal.sentence))
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
    else:
        return True
    return False


def _standing(challenge: Challenge) -> Decision | None:
    found: Decision | None = (
        Decision.objects.standing().filter(challenge=challenge).select_related("decided_by").first()
    )
    return found
