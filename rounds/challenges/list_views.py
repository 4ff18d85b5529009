"""The list of an association's own challenges; a round's table is in `table/`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minno_portal import clock
from organisations.access import SignedInRequest
from rounds.challenges.helping.late import DEADLINE, rounds_that_take
from rounds.challenges.models import Challenge
from rounds.challenges.timeline import next_step

CARDS_ON_PAGE = 25


@login_required
@require_safe
def challenges(request: SignedInRequest) -> HttpResponse:
    """Show the challenges of the person's own associations, and the calls that are open."""
    moment = clock.now()
    mine = (
        Challenge.objects.of_contact(request.user)
        .annotate(closes_at=DEADLINE)
        .order_by("-round__kickoff_on", "-pk")
    )
    page = Paginator(mine, CARDS_ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "mine": [(challenge, next_step(challenge, challenge.round, moment)) for challenge in page],
        "open_rounds": rounds_that_take(request.user.ties.writing, moment),
    }
    return render(request, "rounds/challenges/mine.html", context)
