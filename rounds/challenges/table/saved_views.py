"""Keeping a way to look at the table under a name, renaming and deleting it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minno_portal.errors import Refused
from organisations.access import SignedInRequest
from rounds.challenges.table.bulk_views import to_table
from rounds.challenges.table.filters import Filters
from rounds.challenges.table.forms import ViewForm
from rounds.challenges.table.models import SavedView
from rounds.challenges.table.picking import filters_behind
from rounds.challenges.table.services import delete_view, rename_view, save_view
from rounds.challenges.table.views import round_or_404
from rounds.planning.models import Round
from rounds.planning.pages import round_context


@login_required
@require_POST
def table_view_save(request: SignedInRequest, slug: str) -> HttpResponse:
    """Save the present filters, order and columns."""
    round_ = round_or_404(request, slug)
    back = filters_behind(request.POST, round_, request.user)
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            view = save_view(name=form.cleaned_data["name"], query=back.query(), actor=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal.sentence))
        else:
            messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
            return to_table(round_, back)
    return _answer(request, round_, form, back, None)


@login_required
@require_http_methods(["GET", "POST"])
def table_view(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Rename an own view, or delete it."""
    round_ = round_or_404(request, slug)
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    back = filters_behind(request.GET or request.POST, round_, request.user)
    form = ViewForm(request.POST if request.method == "POST" else None, initial={"name": view.name})
    if "delete" in request.POST:
        delete_view(pk, actor=request.user)
        messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
        return to_table(round_, back)
    if request.method == "POST" and form.is_valid():
        try:
            rename_view(pk, name=form.cleaned_data["name"], actor=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal.sentence))
        else:
            messages.success(request, _("The view has a new name."))
            return to_table(round_, back)
    return _answer(request, round_, form, back, view)


def _answer(
    request: SignedInRequest,
    round_: Round,
    form: ViewForm,
    back: Filters,
    view: SavedView | None,
) -> HttpResponse:
    context = {
        **round_context(round_, request.user, tab="challenges"),
        "form": form,
        "back": back.query(),
        "view": view,
    }
    return render(request, "rounds/challenges/table/view.html", context)
