"""The list of rounds, and putting one in the archive."""

from __future__ import annotations

from collections.abc import Callable

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.planning.enums import Form, Stage
from rounds.planning.figures import totals_of, with_figures
from rounds.planning.listing import choice_from, chosen, headings, in_order
from rounds.planning.models import Round
from rounds.planning.upkeep import archive_round, restore_round

PAGE_SIZE = 20


@login_required
def rounds(request: SignedInRequest) -> HttpResponse:
    """List the rounds of the user's partnerships; filters and order are in the address."""
    if not rules.has_perm("rounds.list_rounds", request.user, None):
        raise PermissionDenied
    every = Round.objects.visible_to(request.user)
    known = list(every.order_by().values_list("year", "partnership_id").distinct())
    choice = choice_from(request.GET)
    found = chosen(every, choice)
    totals = totals_of(found)
    paginator = Paginator(in_order(with_figures(found), choice.order), PAGE_SIZE)
    # The totals have counted the rounds already.
    paginator.count = totals.rounds
    return render(
        request,
        "rounds/planning/rounds.html",
        {
            "page": paginator.get_page(request.GET.get("page")),
            "totals": totals,
            "choice": choice,
            "headings": headings(choice.order),
            "any_rounds": bool(known),
            "several_partnerships": len({partnership for _year, partnership in known}) > 1,
            "years": sorted({year for year, _partnership in known}, reverse=True),
            "forms": Form.choices,
            "stages": Stage.choices,
            "may_create": bool(request.user.ties.coordinator),
        },
    )


@login_required
@require_POST
def archive(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put a finished round in the archive."""
    return _keep(request, slug, archive_round, _("Round %(code)s is in the archive."))


@login_required
@require_POST
def restore(request: SignedInRequest, slug: str) -> HttpResponse:
    """Bring a round back from the archive."""
    return _keep(request, slug, restore_round, _("Round %(code)s is back in the list."))


def _keep(
    request: SignedInRequest, slug: str, service: Callable[..., Round], sentence: str
) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.plan_round", request.user, round_)
    try:
        service(round_.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, sentence % {"code": round_.code})
    return redirect("round", slug)
