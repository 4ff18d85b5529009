"""What every page of the selection has in common: fetching, asking permission, the way back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from organisations.access import SignedInRequest, require
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.planning.pages import round_context


def page(
    request: SignedInRequest, template: str, round_: Round, context: dict[str, Any]
) -> HttpResponse:
    """Show a page of the selection within the round's own page."""
    around = round_context(round_, request.user, tab="selection")
    return render(request, f"rounds/selection/{template}.html", {**around, **context})


def the_round(request: SignedInRequest, slug: str, permission: str) -> Round:
    """Return the round: a stranger gets 404, somebody without the permission 403."""
    round_: Round = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require(permission, request.user, round_)
    return round_


def the_challenge(request: SignedInRequest, pk: int, permission: str) -> Challenge:
    """Return the challenge: a stranger gets 404, somebody without the permission 403."""
    challenge: Challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require(permission, request.user, challenge)
    return challenge


def to_board(round_: Round, challenge: Challenge | None = None) -> HttpResponse:
    """Lead back to the board, to a challenge's row where one is named."""
    address = reverse("round-selection", args=(round_.slug,))
    return redirect(f"{address}#challenge-{challenge.pk}" if challenge else address)
