"""Rounds: the list, a new one, the overview, publishing."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minno_portal import clock
from minno_portal.errors import Refused
from minno_portal.waiting import waiting_for
from organisations.access import SignedInRequest, require, say_why
from organisations.models import Partnership, User
from rounds.planning.calendar import FIELDS, Calendar, lay_out
from rounds.planning.calendar_checks import warnings_about
from rounds.planning.enums import Form, Stage
from rounds.planning.figures import challenges_by_status
from rounds.planning.forms import NewRoundForm
from rounds.planning.mine import look_only_at
from rounds.planning.models import Round
from rounds.planning.pages import fetch_phases, round_context
from rounds.planning.services import CodeTaken, create_round, publish_round
from rounds.planning.timeline import MAIN_STOPS, stops


@login_required
def rounds(request: SignedInRequest) -> HttpResponse:
    """List the rounds of the user's partnerships; year and stage filter by the address."""
    if not rules.has_perm("rounds.list_rounds", request.user, None):
        raise PermissionDenied
    every = list(
        Round.objects.visible_to(request.user).annotate(
            submitted=Count("challenges", filter=Q(challenges__submitted_at__isnull=False))
        )
    )
    year, stage = request.GET.get("year", ""), request.GET.get("stage", "")
    shown = [
        round_
        for round_ in every
        if year in ("", str(round_.year)) and stage in ("", round_.stage.value)
    ]
    return render(
        request,
        "rounds/planning/rounds.html",
        {
            "rounds": shown,
            "any_rounds": bool(every),
            "several_partnerships": len({round_.partnership_id for round_ in every}) > 1,
            "years": sorted({round_.year for round_ in every}, reverse=True),
            "stages": Stage.choices,
            "year": year,
            "stage": stage,
            "may_create": bool(request.user.ties.coordinator),
        },
    )


@login_required
def new_round(request: SignedInRequest) -> HttpResponse:
    """Ask three answers, show the calendar they make where asked, and lay out the round."""
    if not request.user.ties.coordinator:
        raise PermissionDenied
    partnerships = list(
        Partnership.objects.filter(coordinator__in=request.user.ties.coordinator).select_related(
            "coordinator", "institution"
        )
    )
    form = NewRoundForm(
        request.POST or None, partnerships=partnerships, initial=_first_guess(partnerships)
    )
    calendar: Calendar | None = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            calendar = lay_out(form.cleaned_data["form"], form.cleaned_data["kickoff_on"])
        elif created := _lay_out_round(form, request.user):
            messages.success(
                request,
                _("Round %(code)s has been laid out. Nobody else sees it before you publish it.")
                % {"code": created.code},
            )
            return redirect("round", created.slug)
    return render(
        request,
        "rounds/planning/round_new.html",
        {"form": form, "has_partnership": bool(partnerships), **_preview(calendar)},
    )


def _lay_out_round(form: NewRoundForm, actor: User) -> Round | None:
    """Create the round of a valid form; a refusal becomes the form's error."""
    answers = dict(form.cleaned_data)
    partnership = answers.pop("partnership")
    try:
        return create_round(partnership.pk, actor=actor, **answers)
    except CodeTaken as refusal:
        form.add_error("number", str(refusal.sentence))
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
    return None


@login_required
def overview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what happens next in a round, its dates and its figures."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    fetch_phases([round_])
    look_only_at(request.user, [round_])
    figures = challenges_by_status(round_)
    left_the_desk = sum(figure.count for figure in figures if figure.status != "draft")
    context = round_context(
        round_,
        request.user,
        tab="overview",
        counts={"challenges": left_the_desk} if left_the_desk else {},
    )
    dates = {name: getattr(round_, name) for name in FIELDS}
    missing = [name for code, name in _LANGUAGES if not getattr(round_, f"intro_{code}")]
    return render(
        request,
        "rounds/planning/round.html",
        {
            **context,
            "waiting": waiting_for(request.user, thread=round_.slug),
            "now": clock.now(),
            "stops": [stop for stop in stops(dates) if stop.field in MAIN_STOPS],
            "figures": figures,
            "warnings": [] if round_.is_published else warnings_about(dates),
            "missing_texts": missing,
            "opens_at_once": round_.call_opens_at <= clock.now(),
            "has_closed": round_.call_closes_at <= clock.now(),
            "public_url": reverse("public-round", args=(round_.slug,)),
        },
    )


_LANGUAGES = (("fi", "suomi"), ("sv", "svenska"), ("en", "English"))


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


def _first_guess(partnerships: list[Partnership]) -> dict[str, Any]:
    """Return answers to begin with: the next free number of the year a new round would have."""
    year = clock.today().year
    if clock.today().month > 8:  # noqa: PLR2004 (from September on, calls are for the next year)
        year += 1
    numbers = Round.objects.filter(partnership__in=partnerships, year=year).values_list(
        "number", flat=True
    )
    return {"year": year, "number": max(numbers, default=0) + 1, "form": Form.DAY}


def _preview(calendar: Calendar | None) -> dict[str, Any]:
    if calendar is None:
        return {}
    fields = calendar.as_fields()
    return {"preview": stops(fields), "warnings": warnings_about(fields)}
