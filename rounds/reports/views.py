"""The page of a round's reports, their progress and their files."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.planning.models import Round
from rounds.planning.pages import round_context
from rounds.reports import services
from rounds.reports.enums import ReportState
from rounds.reports.forms import ReportForm
from rounds.reports.models import RoundReport


@require_safe
@login_required
def round_report(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the round's reports and, to those who may, the button that has a new one made."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_report", request.user, round_)
    context = {
        **round_context(round_, request.user, tab="report"),
        "reports": round_.reports.select_related("requested_by"),
        "form": ReportForm(initial={"language": get_language()}),
        "may_make": rules.has_perm("rounds.make_report", request.user, round_),
    }
    return render(request, "rounds/reports/round_report.html", context)


@require_POST
@login_required
def report_start(request: SignedInRequest, slug: str) -> HttpResponse:
    """Have a report made; the page then shows its progress."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.make_report", request.user, round_)
    form = ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the language of the report."))
        return redirect("round-report", round_.slug)
    try:
        services.request_report(
            round_.pk, language=form.cleaned_data["language"], actor=request.user
        )
    except Refused as refusal:
        say_why(request, refusal)
    return redirect("round-report", round_.slug)


@never_cache
@require_safe
@login_required
def report_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer one report's row, which asks again for itself while the report is under way."""
    report = get_object_or_404(
        RoundReport.objects.visible_to(request.user).select_related("requested_by"), pk=pk
    )
    require("rounds.see_report", request.user, report)
    return render(request, "rounds/reports/_report.html", {"report": report, "is_update": True})


@never_cache
@require_safe
@login_required
def report_download(request: SignedInRequest, pk: int) -> FileResponse:
    """Send a ready report's file."""
    report = get_object_or_404(RoundReport.objects.visible_to(request.user), pk=pk)
    require("rounds.see_report", request.user, report)
    if report.state != ReportState.DONE:
        raise Http404
    try:
        file = report.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{report.round.slug}-{report.language}.pdf",
        content_type="application/pdf",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
