"""Pages of bringing a table: the file, the columns, what would happen, what has happened."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minno_portal.errors import Refused
from minno_portal.spreadsheets import XLSX, table_response
from organisations.access import SignedInRequest, posted, require, say_why
from organisations.register.importing import services
from organisations.register.importing.areas import AreaNames
from organisations.register.importing.forms import MatchingForm, TableForm
from organisations.register.importing.outcomes import Outcome
from organisations.register.importing.words import LOOKS, OUTCOMES, Words
from organisations.register.models import RegisterImport

PAGE_SIZE = 100
MOST_SHOWN = 10
KEEP = "organisations.keep_register"


def _found(request: SignedInRequest, pk: int) -> RegisterImport:
    require(KEEP, request.user, None)
    return get_object_or_404(RegisterImport.objects.visible_to(request.user), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def register_import_new(request: SignedInRequest) -> HttpResponse:
    """Take a file and read it."""
    require(KEEP, request.user, None)
    form = TableForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            begun = services.begin_import(
                content=file.read(),
                file_name=file.name,
                coordinator_id=min(request.user.ties.coordinator),
                actor=request.user,
            )
        except Refused as refusal:
            form.add_error("file", str(refusal.sentence))
        else:
            return redirect("register-import-columns", pk=begun.pk)
    earlier = RegisterImport.objects.visible_to(request.user).select_related("started_by")
    context = {
        "form": form,
        "earlier": earlier.defer("rows", "header", "matching")[:MOST_SHOWN],
    }
    return render(request, "organisations/register/import_new.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def register_import_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell what each column holds."""
    found = _found(request, pk)
    if found.applied_at or not found.rows:
        return redirect("register-import", pk=pk)
    form = MatchingForm(posted(request), found=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.match_columns(found.pk, matching=form.matching, actor=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect("register-import", pk=pk)
    context = {"found": found, "form": form, "columns": list(form.columns())}
    return render(request, "organisations/register/import_columns.html", context)


@login_required
@require_safe
def register_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what would happen row by row, or what has happened."""
    found = _found(request, pk)
    if found.applied_at or not found.rows:
        return render(request, "organisations/register/import_done.html", {"found": found})
    return _trial_page(request, found)


def _trial_page(request: SignedInRequest, found: RegisterImport) -> HttpResponse:
    trial = services.try_import(found)
    counts = trial.counts
    show = request.GET.get("show", "")
    if show not in counts:
        show = Outcome.REFUSED if counts[Outcome.REFUSED] else ""
    rows = [row for row in trial.rows if row.outcome == show or not show]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    words = Words(found.header, AreaNames().names)
    context = {
        "found": found,
        "page": page,
        "rows": [words.row(row) for row in page],
        "digest": trial.digest,
        "figures": [(each, OUTCOMES[each], LOOKS[each], counts[each]) for each in Outcome],
        "refused": counts[Outcome.REFUSED],
        "good": counts[Outcome.ADDED] + counts[Outcome.CHANGED],
        "total": len(trial.rows),
        "show": show,
    }
    return render(request, "organisations/register/import_trial.html", context)


@login_required
@require_safe
def register_import_refused(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the refused rows as a table, each with its faults, to correct and bring again."""
    found = _found(request, pk)
    try:
        trial = services.try_import(found)
    except Refused as refusal:
        say_why(request, refusal)
        return redirect("register-import", pk=pk)
    words = Words(found.header, {})
    cells = dict(found.rows)
    rows = [
        [*cells[row.number], row.number, "\n".join(map(": ".join, words.faults(row)))]
        for row in trial.rows
        if row.faults
    ]
    head = [words.column(number) for number in range(len(found.header))]
    return table_response(
        XLSX, "minno-refused", _("Refused rows"), [*head, _("Row in the file"), _("Faults")], rows
    )


@login_required
@require_POST
def register_import_store(request: SignedInRequest, pk: int) -> HttpResponse:
    """Store what was shown."""
    found = _found(request, pk)
    try:
        services.apply_import(
            found.pk,
            digest=request.POST.get("digest", ""),
            leave_out_faulty=request.POST.get("leave_out") == "1",
            actor=request.user,
        )
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("The table has been stored in the register."))
    return redirect("register-import", pk=pk)


@login_required
@require_POST
def register_import_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget the table."""
    found = _found(request, pk)
    try:
        services.drop_import(found.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return redirect("register-import", pk=pk)
    messages.success(request, _("Nothing was brought to the register."))
    return redirect("register")
