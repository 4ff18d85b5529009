"""One round: its overview, and publishing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minno_portal import clock
from minno_portal.errors import Refused
from minno_portal.languages import language_name
from minno_portal.waiting import waiting_for
from organisations.access import SignedInRequest, require, say_why
from rounds.planning.calendar import FIELDS
from rounds.planning.calendar_checks import warnings_about
from rounds.planning.copying import LANGUAGES
from rounds.planning.figures import challenges_by_status
from rounds.planning.mine import know_statuses, look_only_at
from rounds.planning.models import Round
from rounds.planning.pages import fetch_phases, round_context
from rounds.planning.services import publish_round
from rounds.planning.timeline import MAIN_STOPS, stops
from rounds.planning.upkeep import ARCHIVABLE


@login_required
def overview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what happens next in a round, its dates and its figures."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    _fetch_code_of_source(round_)
    fetch_phases([round_])
    look_only_at(request.user, [round_])
    figures = challenges_by_status(round_)
    know_statuses(round_, {figure.status for figure in figures})
    left_the_desk = sum(figure.count for figure in figures if figure.status != "draft")
    context = round_context(
        round_,
        request.user,
        tab="overview",
        counts={"challenges": left_the_desk} if left_the_desk else {},
    )
    dates = {name: getattr(round_, name) for name in FIELDS}
    missing = [language_name(code) for code in LANGUAGES if not getattr(round_, f"intro_{code}")]
    return render(
        request,
        "rounds/planning/round.html",
        {
            **context,
            "waiting": [] if round_.archived_at else waiting_for(request.user, thread=round_.slug),
            "now": clock.now(),
            "stops": [stop for stop in stops(dates) if stop.field in MAIN_STOPS],
            "figures": figures,
            "warnings": [] if round_.is_published else warnings_about(dates),
            "missing_texts": missing,
            "can_archive": round_.archived_at is None and round_.stage in ARCHIVABLE,
            "opens_at_once": round_.call_opens_at <= clock.now(),
            "has_closed": round_.call_closes_at <= clock.now(),
            "public_url": reverse("public-round", args=(round_.slug,)),
        },
    )


def _fetch_code_of_source(round_: Round) -> None:
    """Fetch of the round that this one is a copy of no more than its code: a round is wide."""
    if round_.copied_from_id:
        round_.copied_from = Round.objects.only("number", "year").get(pk=round_.copied_from_id)


@login_required
@require_POST
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give the round its public page."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.plan_round", request.user, round_)
    try:
        published = publish_round(round_.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(
            request, _("Round %(code)s now has a public page.") % {"code": published.code}
        )
    return redirect("round", slug)
