"""Moving the kick-off: what goes with it is shown before anything is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.vary import vary_on_headers

from minno_portal import dates
from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require
from rounds.planning.calendar import FIELDS
from rounds.planning.calendar_checks import CalendarRefused, label
from rounds.planning.date_rows import rows_of
from rounds.planning.drawing import draw_line
from rounds.planning.forms_calendar import KickoffForm, MoveForm
from rounds.planning.models import Round
from rounds.planning.moving import Move, dates_after, moves_of
from rounds.planning.pages import round_context
from rounds.planning.services import move_kickoff

SHOW = "show"


@login_required
@vary_on_headers("HX-Request")
def move(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show each date old and new for a new kick-off; move those that are ticked."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.plan_round", request.user, round_)
    form: KickoffForm = (
        MoveForm(request.POST)
        if request.method == "POST"
        else KickoffForm(request.GET if "kickoff_on" in request.GET else None)
    )
    if not form.is_bound:
        form.initial["kickoff_on"] = round_.kickoff_on
    moves = moves_of(round_, form.cleaned_data["kickoff_on"]) if form.is_valid() else []
    going = _going(form, moves)
    if request.method == "POST" and form.is_valid() and SHOW not in request.POST:
        saved = _save(form, round_, going, request)
        if saved:
            return saved
    context = {"form": form, **_table(round_, moves, going, form)}
    if "HX-Request" in request.headers:
        return render(request, "rounds/planning/_moves.html", {"round": round_, **context})
    return render(
        request,
        "rounds/planning/move.html",
        {**round_context(round_, request.user, tab="calendar"), **context},
    )


def _going(form: KickoffForm, moves: Sequence[Move]) -> set[str]:
    """Return the dates that move: those ticked, or those that are advised at first."""
    if form.is_valid() and "moving" in form.cleaned_data:
        return {*form.cleaned_data["moving"], "kickoff_on"}
    return {each.field for each in moves if each.is_advised} | {"kickoff_on"}


def _save(
    form: KickoffForm, round_: Round, going: set[str], request: SignedInRequest
) -> HttpResponse | None:
    try:
        moved = move_kickoff(
            round_.pk,
            kickoff_on=form.cleaned_data["kickoff_on"],
            moving=going,
            actor=request.user,
        )
    except CalendarRefused as refusal:
        for name, sentence in refusal.errors.items():
            form.add_error(None, f"{label(name)}: {sentence}")
        return None
    except Refused as refusal:
        form.add_error("kickoff_on", str(refusal.sentence))
        return None
    changed = sum(getattr(moved, name) != getattr(round_, name) for name in FIELDS)
    messages.success(
        request,
        ngettext(
            "The kick-off is on %(day)s now. %(count)s date was moved.",
            "The kick-off is on %(day)s now. %(count)s dates were moved.",
            changed,
        )
        % {"day": dates.weekday_day(moved.kickoff_on), "count": changed},
    )
    return redirect("round-calendar", round_.slug)


def _table(round_: Round, moves: list[Move], going: set[str], form: KickoffForm) -> dict[str, Any]:
    """Return the rows of the table, and the line as it would be: as it is while nothing moves."""
    if not moves:
        return {"drawing": draw_line({name: getattr(round_, name) for name in FIELDS})}
    wanted = dates_after(round_, moves, going)
    rows = {row.field: row for row in rows_of(wanted)}
    return {
        "moves": [
            {
                "move": each,
                "label": label(each.field),
                "old": _when(each.old),
                "new": _when(each.new),
                "goes": each.field in going,
                "row": rows.get(each.field),
                "is_kickoff": each.field == "kickoff_on",
            }
            for each in moves
        ],
        "crossing": [row for row in rows.values() if row.error],
        "drawing": draw_line(wanted),
        "kickoff_on": wanted["kickoff_on"],
        "is_told": round_.is_published,
    }


def _when(value: dt.date | dt.datetime) -> str:
    return dates.deadline(value) if isinstance(value, dt.datetime) else dates.weekday_day(value)
