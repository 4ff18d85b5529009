"""The calendar editor of a round, and the text of its call."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from minno_portal import clock
from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.planning.calendar import FIELDS
from rounds.planning.calendar_checks import CalendarRefused, warnings_about
from rounds.planning.forms import CalendarForm, TextForm
from rounds.planning.models import Round
from rounds.planning.pages import round_context
from rounds.planning.services import set_intro, update_calendar
from rounds.planning.timeline import stops_of


@login_required
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the whole line; the coordinator changes dates on the same page."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    if request.method == "POST":
        require("rounds.plan_round", request.user, round_)
    form = CalendarForm(
        request.POST or None,
        initial={name: _whole_minute(getattr(round_, name)) for name in FIELDS},
        call_has_opened=round_.is_published and round_.call_opens_at <= clock.now(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = {name: form.cleaned_data[name] for name in form.changed_data}
            update_calendar(round_.pk, actor=request.user, **changed)
        except CalendarRefused as refusal:
            for name, sentence in refusal.errors.items():
                form.add_error(name, sentence)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("The calendar has been saved."))
            return redirect("round-calendar", slug)
    return render(
        request,
        "rounds/planning/calendar.html",
        {
            **round_context(round_, request.user, tab="calendar"),
            "form": form,
            "stops": stops_of(round_),
            "warnings": warnings_about({name: getattr(round_, name) for name in FIELDS}),
        },
    )


def _whole_minute(value: dt.date | None) -> dt.date | None:
    """Return a moment as the browser's picker shows it, so that an untouched one is no change."""
    if isinstance(value, dt.datetime):
        return value.replace(second=0, microsecond=0)
    return value


@login_required
def edit_text(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write the text of the call in three languages."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.plan_round", request.user, round_)
    form = TextForm(
        request.POST or None,
        initial={language: getattr(round_, f"intro_{language}") for language in ("fi", "sv", "en")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_intro(round_.pk, texts=form.cleaned_data, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(request, _("The text of the call has been saved."))
            return redirect("round", slug)
    return render(
        request,
        "rounds/planning/text.html",
        {**round_context(round_, request.user, tab="overview"), "form": form},
    )
