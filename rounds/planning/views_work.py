"""Working time: estimated against logged, and one's own entries."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minno_portal import clock
from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.planning.forms import WorkForm
from rounds.planning.models import Round, WorkLog
from rounds.planning.pages import round_context
from rounds.planning.phases import PHASES
from rounds.planning.services import delete_work, log_work

SHOWN_ENTRIES = 200


@login_required
def work(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the working time of a round and take a new entry."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_work", request.user, round_)
    if request.method == "POST":
        require("rounds.log_work", request.user, round_)
    form = WorkForm(
        request.POST or None,
        initial={"done_on": clock.today(), "phase": PHASES[round_.current_phase - 1].key.value},
    )
    if request.method == "POST" and form.is_valid():
        try:
            entry = log_work(round_.pk, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(
                request,
                _("Logged for phase %(number)s.") % {"number": entry.phase.number},
            )
            return redirect("round-work", slug)
    return render(
        request,
        "rounds/planning/work.html",
        {
            **round_context(round_, request.user, tab="work"),
            "form": form,
            "entries": WorkLog.objects.filter(phase__round=round_).select_related("phase", "user")[
                :SHOWN_ENTRIES
            ],
        },
    )


@login_required
@require_POST
def delete(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Remove one's own entry."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.log_work", request.user, round_)
    entry = get_object_or_404(WorkLog, pk=pk, phase__round=round_)
    try:
        delete_work(entry.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("The entry has been removed."))
    return redirect("round-work", slug)
