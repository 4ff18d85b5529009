"""Late permissions of a round: who has one, giving one, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minno_portal import dates
from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from organisations.register.enums import Kind
from organisations.register.models import Organisation
from rounds.challenges.helping.late_forms import LateForm
from rounds.challenges.helping.letters import preview_late, recipients_of
from rounds.challenges.helping.models import LatePermission
from rounds.challenges.helping.services import end_late, grant_late
from rounds.planning.models import Round
from rounds.planning.pages import round_context


@login_required
@require_http_methods(["GET", "POST"])
def round_late(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the round's late permissions and give one, after showing the letter and its readers."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.grant_late", request.user, round_)
    associations = Organisation.objects.visible_to(request.user).filter(kind=Kind.ASSOCIATION)
    form = LateForm(
        request.POST if request.method == "POST" else None,
        round_=round_,
        organisations=list(associations.only("name", "short_name", "business_id")),
        initial={"organisation": request.GET.get("organisation", "")},
    )
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            return _confirm_page(request, round_, form)
        if _granted(request, round_, form):
            return redirect("round-late", slug)
    permissions = LatePermission.objects.filter(
        round=round_, until__gt=round_.call_closes_at
    ).select_related("organisation", "granted_by")
    context = {
        **round_context(round_, request.user, tab="challenges"),
        "form": form,
        "permissions": permissions.order_by("until"),
    }
    return render(request, "rounds/challenges/helping/late.html", context)


def _granted(request: SignedInRequest, round_: Round, form: LateForm) -> bool:
    values = form.cleaned_data
    try:
        permission = grant_late(
            round_.pk,
            organisation_id=values["organisation"].pk,
            until=values["until"],
            reason=values["reason"],
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    words = {
        "organisation": permission.organisation.shown_name,
        "deadline": dates.deadline(permission.until),
    }
    messages.success(request, _("%(organisation)s may submit until %(deadline)s.") % words)
    return True


def _confirm_page(request: SignedInRequest, round_: Round, form: LateForm) -> HttpResponse:
    values = form.cleaned_data
    permission = LatePermission(
        round=round_,
        organisation=values["organisation"],
        until=values["until"],
        reason=values["reason"],
    )
    people = recipients_of(permission.organisation)
    context = {
        **round_context(round_, request.user, tab="challenges"),
        "form": form,
        "permission": permission,
        "people": people,
        "letter": preview_late(permission, people[0]) if people else None,
    }
    return render(request, "rounds/challenges/helping/late_confirm.html", context)


@login_required
@require_POST
def late_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a late permission back."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.grant_late", request.user, round_)
    permission = get_object_or_404(LatePermission, pk=pk, round=round_)
    try:
        end_late(permission.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(
            request, _("The late permission has been taken back. The association was not told.")
        )
    return redirect("round-late", slug)
