"""What the public sees of a round's challenges and outcomes."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minno_portal.public_pages import public_page
from rounds.call.sections import Section
from rounds.challenges.models import Challenge
from rounds.outcomes.models import Outcome
from rounds.planning.models import Round

A_PAGE = 24


@require_safe
@public_page(seconds=60)
def public_outcomes(request: HttpRequest) -> HttpResponse:
    """Show the published outcomes, newest first."""
    page = Paginator(Outcome.objects.public(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "rounds/outcomes/public.html", {"page": page})


def chosen_challenges(round_: Round) -> Section:
    """Return the part of a round's page that tells which challenges were chosen."""
    challenges = Challenge.objects.public().filter(round=round_).select_related("organisation")
    return Section(_("Chosen challenges"), "rounds/call/challenge_cards.html", list(challenges))


def published_outcomes(round_: Round) -> Section:
    """Return the part of a round's page that shows what came of it."""
    outcomes = Outcome.objects.public().filter(challenge__round=round_)
    return Section(_("Outcomes"), "rounds/outcomes/public_cards.html", list(outcomes))
