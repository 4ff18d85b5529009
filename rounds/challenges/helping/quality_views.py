"""The quality check of a challenge."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require
from organisations.people.models import User
from rounds.challenges.helping.forms import QualityForm
from rounds.challenges.helping.quality import requests_from
from rounds.challenges.helping.services import TAKES_ADVICE, mark_quality
from rounds.challenges.helping.tabs import QUALITY, page_context
from rounds.challenges.models import Challenge
from rounds.challenges.presentation import Row, content_for, parts


def _answers(challenge: Challenge, user: User) -> dict[str, Row]:
    """Return the answers of the version that was submitted last."""
    revisions = list(challenge.revisions.order_by("number"))
    content = content_for(user, challenge, revisions)
    return {
        row.question.field: row for part in parts(content, challenge.round) for row in part.rows
    }


@login_required
@require_http_methods(["GET", "POST"])
def challenge_quality(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what the coordinator thinks of the five points, and let the coordinator say it."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.review_challenge", request.user, challenge)
    marks = {mark.point: mark for mark in challenge.quality_marks.all()}
    form = QualityForm(
        request.POST if request.method == "POST" else None,
        marks=marks,
        answers=_answers(challenge, request.user),
    )
    if request.method == "POST":
        require("rounds.mark_quality", request.user, challenge)
        if form.is_valid():
            try:
                mark_quality(pk, marks=form.marks, actor=request.user)
            except Refused as refusal:
                form.add_error(None, str(refusal.sentence))
            else:
                messages.success(request, _("The quality check has been saved."))
                return redirect("challenge-quality", pk=pk)
    may_mark = rules.has_perm("rounds.mark_quality", request.user, challenge)
    context = {
        **page_context(challenge, request.user, QUALITY),
        "form": form,
        "can_mark": may_mark and challenge.status in TAKES_ADVICE,
        "marks": marks,
        "can_ask": may_mark
        and challenge.status in TAKES_ADVICE
        and bool(requests_from(challenge, marks.values())),
    }
    return render(request, "rounds/challenges/helping/quality.html", context)
