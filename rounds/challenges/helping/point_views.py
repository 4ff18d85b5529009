"""Ticking off what was asked to be completed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.challenges.helping.beside import points_to_tick
from rounds.challenges.helping.models import CompletionPoint
from rounds.challenges.helping.services import tick_point
from rounds.challenges.models import Challenge

# The pages that show the list, by what the list calls them; on the last one it belongs to a form.
PAGES = {"challenge": "challenge", "submit": "challenge-submit", "edit": "challenge"}
FORM_ID = "challenge-form"


@login_required
@require_POST
def challenge_tick(request: SignedInRequest, pk: int, point: int) -> HttpResponse:
    """Tick a point off or take the tick away; with htmx only the list is drawn anew."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.write_challenge", request.user, challenge)
    get_object_or_404(CompletionPoint, pk=point, challenge=challenge)
    page = request.POST.get("page", "")
    try:
        tick_point(point, done=request.POST.get("done") == "1", actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return redirect("challenge", pk=pk)
    if not request.headers.get("HX-Request"):
        return redirect(f"{redirect(PAGES.get(page, 'challenge'), pk=pk).url}#points")
    context = {
        "challenge": challenge,
        "points": points_to_tick(challenge),
        "can_tick": True,
        "page": page if page in PAGES else "challenge",
        "ticked": point,
    }
    return render(request, "rounds/challenges/helping/_points.html", context)


def tick_with_form(request: SignedInRequest, challenge: Challenge) -> bool:
    """Tick the point whose button sent the form of a section; tell whether there was one.

    Without JavaScript a button of the list sends the whole form, so that what was typed is saved.
    """
    pressed = request.POST.get("tick", "")
    number, _, done = pressed.partition("-")
    if not (number.isascii() and number.isdigit()):
        return False
    point = CompletionPoint.objects.filter(pk=number[:18], challenge=challenge).first()
    if point is None:
        return False
    try:
        tick_point(point.pk, done=done == "1", actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    return True
