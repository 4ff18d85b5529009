"""The board, and assessing from it."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minno_portal.errors import Refused, WrongState
from organisations.access import SignedInRequest, say_why
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.presentation import content_for, parts
from rounds.selection import services
from rounds.selection.board import board_of
from rounds.selection.forms import AssessmentForm
from rounds.selection.models import Assessment
from rounds.selection.pages import page, the_challenge, the_round, to_board
from rounds.selection.panel import checklist, latest
from rounds.selection.standings import ASSESSABLE

LARGEST_PLACE = 10_000


# --- The board --------------------------------------------------------------------------------


@login_required
@require_GET
def round_selection(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the board: the coordinator ranks here, both parties see how the challenges stand."""
    round_ = the_round(request, slug, "rounds.see_board")
    board = board_of(round_, request.user)
    coordinates = rules.has_perm("rounds.rank_challenges", request.user, round_)
    context = {
        "board": board,
        "capacity_line_after": min(round_.capacity, len(board.rows)),
        "coordinates": coordinates,
        "can_rank": coordinates and round_.announced_at is None,
        "can_answer": round_.partnership.is_hosted_by(request.user),
        "steps": checklist(board, coordinates=coordinates),
        "events": latest(board),
        "moved": request.GET.get("moved", ""),
        "direction": request.GET.get("to", ""),
        "waits_for_packet": board.count(Status.SUBMITTED),
        "waits_for_answer": board.count(Status.PROPOSED),
        "waits_for_telling": sum(row.needs_telling for row in board.rows),
    }
    return page(request, "board", round_, context)


@login_required
@require_POST
def ranking_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a challenge another place, and come back to the button that was pressed."""
    challenge = the_challenge(request, pk, "rounds.rank_challenges")
    text = request.POST.get("position", "")
    # The length keeps a huge number from being read at all.
    position = int(text) if text.isdecimal() and len(text) <= len(str(LARGEST_PLACE)) else 0
    try:
        services.move_in_ranking(
            challenge.pk, position=position or LARGEST_PLACE, actor=request.user
        )
    except Refused as refusal:
        say_why(request, refusal)
    address = reverse("round-selection", args=(challenge.round.slug,))
    way = "up" if request.POST.get("to") == "up" else "down"
    # No fragment: with one, browsers do not focus the button.
    return redirect(f"{address}?moved={challenge.pk}&to={way}")


# --- Assessing --------------------------------------------------------------------------------


@login_required
def challenge_assess(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a challenge and give it marks."""
    challenge = the_challenge(request, pk, "rounds.assess_challenge")
    if request.method != "POST" and challenge.status not in ASSESSABLE:
        say_why(request, WrongState())
        return to_board(challenge.round, challenge)
    assessment = Assessment.objects.filter(challenge=challenge, assessor=request.user).first()
    form = AssessmentForm(
        request.POST or None,
        criteria=list(challenge.round.criteria.order_by("position")),
        assessment=assessment,
    )
    if request.method == "POST" and form.is_valid() and _save_assessment(request, challenge, form):
        return _after_assessing(request, challenge)
    content = content_for(request.user, challenge, list(challenge.revisions.all()))
    context = {
        "challenge": challenge,
        "form": form,
        "assessment": assessment,
        "parts": parts(content, challenge.round),
    }
    return page(request, "assess", challenge.round, context)


def _save_assessment(request: SignedInRequest, challenge: Challenge, form: AssessmentForm) -> bool:
    try:
        services.save_assessment(
            challenge.pk,
            scores=form.scores,
            comment=form.cleaned_data["comment"],
            done="done" in request.POST,
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    return True


def _after_assessing(request: SignedInRequest, challenge: Challenge) -> HttpResponse:
    """Stay with a draft; after a finished assessment go to the one that needs it most."""
    if "done" not in request.POST:
        messages.success(
            request, _("The draft has been saved. It counts when you mark it as done.")
        )
        return redirect("challenge-assess", challenge.pk)
    following = board_of(challenge.round, request.user).next_to_assess(without=challenge.pk)
    if following is None:
        messages.success(request, _("The assessment has been saved. You have assessed everything."))
        return to_board(challenge.round, challenge)
    messages.success(request, _("The assessment has been saved. Here is the next challenge."))
    return redirect("challenge-assess", following.challenge.pk)
