"""The page of everything that happened to a challenge."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from organisations.access import SignedInRequest, require
from rounds.challenges.helping.history.sources import looking_at
from rounds.challenges.helping.history.telling import history_of, name_people
from rounds.challenges.helping.tabs import HISTORY, page_context
from rounds.challenges.models import Challenge

ENTRIES_A_PAGE = 40


@login_required
@require_safe
def challenge_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what happened, by whom: to the association nothing before it is told."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.see_challenge", request.user, challenge)
    entries = history_of(looking_at(challenge, request.user))
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    name_people(page.object_list)
    context = {**page_context(challenge, request.user, HISTORY), "page": page}
    return render(request, "rounds/challenges/helping/history.html", context)
