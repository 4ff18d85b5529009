"""The calendar editor of a round: the whole line, and every date with what to notice about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from minno_portal import clock
from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require
from rounds.planning.calendar import FIELDS
from rounds.planning.calendar_checks import CalendarRefused
from rounds.planning.calendar_history import changes_of
from rounds.planning.date_rows import follow_up_rows, rows_of
from rounds.planning.drawing import draw_line
from rounds.planning.forms_calendar import CalendarForm, KickoffForm
from rounds.planning.models import Round
from rounds.planning.pages import round_context
from rounds.planning.services import update_calendar


@login_required
@vary_on_headers("HX-Request")
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the whole line; the coordinator checks and changes dates on the same page."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    if request.method == "POST":
        require("rounds.plan_round", request.user, round_)
    form = CalendarForm(request.POST or None, round_=round_)
    checks = "check" in request.POST
    if request.method == "POST" and form.is_valid() and not checks and _save(form, round_, request):
        messages.success(request, _("The calendar has been saved."))
        return redirect("round-calendar", slug)
    context = _dates(form)
    if checks and "HX-Request" in request.headers:
        return render(request, "rounds/planning/_calendar_check.html", context)
    return render(
        request,
        "rounds/planning/calendar.html",
        {
            **round_context(round_, request.user, tab="calendar"),
            **context,
            "kickoff_form": KickoffForm(initial={"kickoff_on": round_.kickoff_on}),
            "kickoff_can_move": not round_.is_published or round_.kickoff_on >= clock.today(),
            "changes": changes_of(round_),
            "is_checked": checks,
        },
    )


def _save(form: CalendarForm, round_: Round, request: SignedInRequest) -> bool:
    """Save what the person has changed; a refusal becomes an error at its date."""
    changed = {name: form.cleaned_data[name] for name in form.changed_data}
    try:
        update_calendar(round_.pk, actor=request.user, **changed)
    except CalendarRefused as refusal:
        for name, sentence in refusal.errors.items():
            form.add_error(name, sentence)
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
    else:
        return True
    return False


def _dates(form: CalendarForm) -> dict[str, Any]:
    """Return the line and the rows of the dates as they stand on the page."""
    on_page = form.on_the_page()
    by_field = {row.field: row for row in rows_of(on_page)}
    return {
        "form": form,
        "rows": [(form[name], _sent_along(form, name), by_field.get(name)) for name in FIELDS],
        "follow_ups": follow_up_rows(on_page["fest_on"], on_page["kickoff_on"]),
        "drawing": draw_line(on_page),
        "noticed": sum(bool(row.notes) for row in by_field.values()),
    }


def _sent_along(form: CalendarForm, name: str) -> str:
    """Return the hidden input that says what a date was when the page was opened."""
    return form[name].as_hidden(only_initial=True)
