"""The form behind a personal link, and the coordinator's page of results."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.feedback import services
from rounds.feedback.forms import FeedbackForm
from rounds.feedback.letters import closes_at, preview_feedback_requests
from rounds.feedback.models import FeedbackInvitation
from rounds.feedback.parties import parties_of
from rounds.feedback.questions import questions_for
from rounds.feedback.results import SMALLEST_GROUP, results_from
from rounds.planning.models import Round
from rounds.planning.pages import round_context


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Take a person's answer through their personal link; no account is needed."""
    try:
        invitation = services.invitation_for(token)
    except services.UnknownLink as unknown:
        raise Http404(str(unknown.sentence)) from unknown
    if invitation.is_answered or not services.is_open(invitation.round):
        state = "answered" if invitation.is_answered else "closed"
        return _private(render(request, "rounds/feedback/thanks.html", {"state": state}))
    form = FeedbackForm(request.POST or None, role=invitation.role)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_feedback(token, ratings=form.ratings, texts=form.texts)
        except services.AlreadyAnswered:
            context = {"state": "answered"}
            return _private(render(request, "rounds/feedback/thanks.html", context))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return _private(redirect("feedback-thanks"))
    return _private(_form_page(request, invitation, form))


def _form_page(
    request: HttpRequest, invitation: FeedbackInvitation, form: FeedbackForm
) -> HttpResponse:
    context = {
        "form": form,
        "invitation": invitation,
        "questions": questions_for(invitation.role),
        "round": invitation.round,
        "closes_at": closes_at(invitation.round),
        "smallest_group": SMALLEST_GROUP,
    }
    return render(request, "rounds/feedback/form.html", context)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a page behind a personal link out of caches, search engines and referrers."""
    add_never_cache_headers(response)
    # Not "no-referrer": it would blank the Origin header that the CSRF check of the form reads.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def feedback_thanks(request: HttpRequest) -> HttpResponse:
    """Thank for an answer; the address no longer has the personal link in it."""
    return _private(render(request, "rounds/feedback/thanks.html", {"state": "sent"}))


@require_safe
@login_required
def round_feedback(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show participation and grouped results, and before asking, who would be asked."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_feedback", request.user, round_)
    may_ask = rules.has_perm("rounds.ask_feedback", request.user, round_)
    is_open = services.is_open(round_)
    invitations = list(round_.feedback_invitations.all())
    asked = {(invitation.role, invitation.email) for invitation in invitations}
    people = parties_of(round_) if may_ask and is_open else []
    to_ask = [person for person in people if (person.role, person.email) not in asked]
    context = {
        **round_context(round_, request.user, tab="feedback"),
        "results": results_from(invitations, round_),
        "to_ask": to_ask,
        "previews": preview_feedback_requests(round_, to_ask),
        "was_asked": bool(asked),
        "may_ask": may_ask,
        "is_open": is_open,
        "closes_at": closes_at(round_),
        "smallest_group": SMALLEST_GROUP,
    }
    return render(request, "rounds/feedback/round_feedback.html", context)


@require_POST
@login_required
def feedback_ask(request: SignedInRequest, slug: str) -> HttpResponse:
    """Send the personal links to those on the confirmation list."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.ask_feedback", request.user, round_)
    try:
        count = services.ask_feedback(round_.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        sentence = ngettext(
            "%(count)d person is asked for feedback.",
            "%(count)d people are asked for feedback.",
            count,
        )
        messages.success(request, sentence % {"count": count})
    return redirect("round-feedback", round_.slug)
