"""The reminder plan of a round: what goes by itself, to whom and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minno_portal import clock, dates
from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.planning.models import Round
from rounds.planning.pages import round_context
from rounds.planning.reminding.forms import MoveForm
from rounds.planning.reminding.page import page_of
from rounds.planning.reminding.plan import Plan, plans_of
from rounds.planning.reminding.rules import Rule, rule_called
from rounds.planning.reminding.services import move_reminder, reset_reminder, switch_reminder


@login_required
def plan(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show every reminder in the order of time."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_reminders", request.user, round_)
    return render(
        request,
        "rounds/planning/reminders.html",
        {
            **round_context(round_, request.user, tab="letters"),
            "subtab": "plan",
            "page": page_of(round_),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, slug: str, rule: str) -> HttpResponse:
    """Let a reminder go at another time, or as the portal has it by default."""
    round_, found = _round_and_rule(request, slug, rule)
    anchor = found.anchor.moment(round_)
    mine = plans_of([round_])[round_.pk]
    form = MoveForm(
        request.POST if request.method == "POST" and "reset" not in request.POST else None,
        rule=found,
        anchor=anchor,
        initial=_now(found, mine, anchor),
    )
    if request.method == "POST" and _save(request, round_, found, form):
        return redirect("round-plan", slug)
    context = {"rule": found, "form": form, "is_moved": _is_moved(mine, found), "subtab": "plan"}
    if anchor:
        context |= {"anchor": anchor, "default": found.moment(anchor)}
    return render(
        request,
        "rounds/planning/reminder_move.html",
        {**round_context(round_, request.user, tab="letters"), **context},
    )


@login_required
@require_POST
def switch(request: SignedInRequest, slug: str, rule: str) -> HttpResponse:
    """Switch a reminder off or on."""
    round_, found = _round_and_rule(request, slug, rule)
    is_on = request.POST.get("on") == "1"
    try:
        switch_reminder(round_.pk, rule=found.name, is_on=is_on, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        said = _("Switched on: %(name)s.") if is_on else _("Switched off: %(name)s.")
        messages.success(request, said % {"name": found.kind.label})
    return redirect("round-plan", slug)


def _round_and_rule(request: SignedInRequest, slug: str, name: str) -> tuple[Round, Rule]:
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.plan_reminders", request.user, round_)
    found = rule_called(name)
    if found is None:
        raise Http404
    return round_, found


def _is_moved(mine: Plan, rule: Rule) -> bool:
    return rule.name in mine.changes and mine.changes[rule.name].is_moved


def _now(rule: Rule, mine: Plan, anchor: dt.datetime | None) -> dict[str, Any]:
    """Return when the reminder goes as it is now, as the form shows it."""
    change = mine.changes.get(rule.name)
    days = rule.days if change is None or change.days is None else change.days
    at = change.at if change and change.at else rule.at
    if anchor:
        moment = mine.moment(rule, anchor).astimezone(clock.HELSINKI)
        return {"day": moment.date(), "days": abs(days), "at": moment.time()}
    return {"days": abs(days), "at": at}


def _save(request: SignedInRequest, round_: Round, rule: Rule, form: MoveForm) -> bool:
    if "reset" in request.POST:
        return _reset(request, round_, rule)
    if not form.is_valid():
        return False
    try:
        move_reminder(
            round_.pk,
            rule=rule.name,
            days=form.days_from_date(),
            at=form.cleaned_data["at"],
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(form.day_field, str(refusal.sentence))
        return False
    said = _("Moved: %(name)s goes %(moment)s.")
    if not form.has_day:
        said = _("Moved: %(name)s.")
    messages.success(request, said % {"name": rule.kind.label, "moment": _moment(form)})
    return True


def _moment(form: MoveForm) -> str:
    if not form.has_day:
        return ""
    day, at = form.cleaned_data["day"], form.cleaned_data["at"]
    return dates.deadline(dt.datetime.combine(day, at, tzinfo=clock.HELSINKI))


def _reset(request: SignedInRequest, round_: Round, rule: Rule) -> bool:
    try:
        reset_reminder(round_.pk, rule=rule.name, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return False
    messages.success(request, _("Back to the default: %(name)s.") % {"name": rule.kind.label})
    return True
