"""Lists of challenges: an association's own, and a round's for the parties."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from minno_portal import clock
from organisations.access import SignedInRequest, require
from rounds.challenges.listing import Filters, listed, shown_rows
from rounds.challenges.models import Challenge
from rounds.challenges.timeline import next_step
from rounds.planning.models import Round
from rounds.planning.pages import round_context

PAGE_SIZE = 50
CARDS_ON_PAGE = 25


@login_required
@require_safe
def challenges(request: SignedInRequest) -> HttpResponse:
    """Show the challenges of the person's own associations, and the calls that are open."""
    moment = clock.now()
    mine = Challenge.objects.of_contact(request.user).order_by("-round__kickoff_on", "-pk")
    page = Paginator(mine, CARDS_ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "mine": [(challenge, next_step(challenge, challenge.round, moment)) for challenge in page],
        "open_rounds": Round.objects.with_call_open().order_by("call_closes_at"),
    }
    return render(request, "rounds/challenges/mine.html", context)


@login_required
@require_safe
def round_challenges(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a round's submitted challenges to coordinator, staff and administrator."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_round", request.user, round_)
    filters = Filters.of(request.GET, round_)
    page = Paginator(listed(round_, filters, request.user), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        **round_context(round_, request.user, tab="challenges"),
        "filters": filters,
        "page": page,
        "rows": shown_rows(page.object_list),
    }
    return render(request, "rounds/challenges/round_challenges.html", context)
