"""The page where a round's criteria and weights are changed before assessing begins."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from rounds.planning.models import Round
from rounds.selection.criteria import LANGUAGES, TEXTS
from rounds.selection.criteria_forms import SeenForm, anchor_fields, criteria_forms
from rounds.selection.criteria_services import are_frozen, set_criteria
from rounds.selection.pages import page

_FIELDS = ("pk", "weight", "anchors", *(f"{text}_{code}" for text in TEXTS for code in LANGUAGES))


@login_required
def criteria(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a round's criteria; the coordinator changes them until somebody assesses."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.plan_round", request.user, round_)
    known = [
        {**values, **anchor_fields(values["anchors"]), "place": place}
        for place, values in enumerate(round_.criteria.order_by("position").values(*_FIELDS), 1)
    ]
    forms = criteria_forms(request.POST or None, known)
    seen = SeenForm(request.POST or None, initial={"assesses_unseen": round_.assesses_unseen})
    if request.method == "POST" and forms.is_valid() and seen.is_valid():
        try:
            set_criteria(
                round_.pk,
                criteria=forms.drafts,
                assesses_unseen=seen.cleaned_data["assesses_unseen"],
                actor=request.user,
            )
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(request, _("The criteria have been saved."))
            return redirect("round-criteria", slug)
    return page(
        request,
        "criteria_edit",
        round_,
        {
            "forms": forms,
            "seen": seen,
            "frozen": round_.archived_at is not None or are_frozen(round_),
            "criteria": round_.criteria.order_by("position"),
        },
    )
