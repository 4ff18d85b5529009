"""What an association does after its decision: taking part, asking for feedback; the answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minno_portal.errors import Refused, WrongState
from organisations.access import SignedInRequest, posted, say_why
from rounds.selection import services
from rounds.selection.deciding.feedback import may_wish
from rounds.selection.deciding.forms import FeedbackForm, WishForm
from rounds.selection.deciding.models import FeedbackWish
from rounds.selection.pages import page, the_challenge


@login_required
@require_POST
def participation_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that the association takes part."""
    challenge = the_challenge(request, pk, "rounds.take_part")
    try:
        services.confirm_participation(challenge.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("Thank you. We know now that you take part."))
    return redirect("challenge", pk)


@login_required
@require_http_methods(["GET", "POST"])
def feedback_wish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the coordinator for feedback on a challenge."""
    challenge = the_challenge(request, pk, "rounds.wish_feedback")
    if not may_wish(challenge) or FeedbackWish.objects.filter(challenge=challenge).exists():
        return redirect("challenge", pk)
    form = WishForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            services.wish_feedback(challenge.pk, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(request, _("Your wish is on its way. The answer comes by e-mail."))
        return redirect("challenge", pk)
    context = {"challenge": challenge, "round": challenge.round, "form": form}
    return render(request, "rounds/selection/deciding/wish.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def feedback_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer an association's wish for feedback."""
    challenge = the_challenge(request, pk, "rounds.answer_feedback_wish")
    wish = FeedbackWish.objects.select_related("asked_by").filter(challenge=challenge).first()
    if wish is None:
        say_why(request, WrongState())
        return redirect("challenge", pk)
    form = FeedbackForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            services.answer_wish(challenge.pk, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            form.add_error("answer", str(refusal.sentence))
        else:
            messages.success(request, _("The feedback is on its way to the association."))
            return redirect("challenge", pk)
    context = {
        "challenge": challenge,
        "wish": wish,
        "form": form,
        "decision": challenge.decisions.filter(announced_at__isnull=False)
        .order_by("announced_at")
        .last(),
    }
    return page(request, "deciding/feedback", challenge.round, context)
