"""A new round from three answers, with its calendar in sight before anything is made."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from minno_portal.errors import Refused
from organisations.access import SignedInRequest
from organisations.models import Partnership, User
from rounds.planning.calendar import lay_out
from rounds.planning.copying import luggage_of
from rounds.planning.date_rows import rows_of
from rounds.planning.forms_new import NewRoundForm
from rounds.planning.models import Round
from rounds.planning.services import CodeTaken, create_round


@login_required
@vary_on_headers("HX-Request")
def new_round(request: SignedInRequest) -> HttpResponse:
    """Ask three answers, show the calendar they make where asked, and lay out the round."""
    if not request.user.ties.coordinator:
        raise PermissionDenied
    form = _form_for(request)
    previews = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not previews:
        made = _lay_out_round(form, request.user)
        if made:
            messages.success(
                request,
                _("Round %(code)s has been laid out. Nobody else sees it before you publish it.")
                % {"code": made.code},
            )
            return redirect("round", made.slug)
    context = {"form": form, **_preview(form)}
    if previews and "HX-Request" in request.headers:
        context["is_swap"] = True
        return render(request, "rounds/planning/_new_preview.html", context)
    return render(request, "rounds/planning/round_new.html", context)


def _form_for(request: SignedInRequest) -> NewRoundForm:
    mine = request.user.ties.coordinator
    partnerships = list(
        Partnership.objects.filter(coordinator__in=mine)
        .select_related("coordinator", "institution")
        .order_by("pk")
    )
    earlier = list(
        Round.objects.filter(partnership__in=partnerships)
        .select_related("partnership__coordinator", "partnership__institution")
        .defer("intro", "intro_fi", "intro_sv", "intro_en")
        .order_by("-kickoff_on", "-pk")
    )
    return NewRoundForm(request.POST or None, partnerships=partnerships, earlier=earlier)


def _lay_out_round(form: NewRoundForm, actor: User) -> Round | None:
    """Create the round of a valid form; a refusal becomes the form's error."""
    answers = dict(form.cleaned_data)
    partnership, source = answers.pop("partnership"), answers.pop("source")
    try:
        return create_round(partnership.pk, actor=actor, source_id=source, **answers)
    except CodeTaken as refusal:
        form.add_error("number", str(refusal.sentence))
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
    return None


def _preview(form: NewRoundForm) -> dict[str, Any]:
    """Return what comes along, and the calendar where a form and a kick-off are known."""
    source = form.source_round
    context: dict[str, Any] = {"luggage": luggage_of(source) if source else None}
    if form.is_bound:
        form.is_valid()
        answers = form.cleaned_data
        if "form" in answers and "kickoff_on" in answers:
            calendar = lay_out(answers["form"], answers["kickoff_on"])
            context["rows"] = rows_of(calendar.as_fields())
    return context
