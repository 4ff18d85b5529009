"""Pages of merging: choosing the other one, comparing the two, doing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, posted, say_why
from organisations.register import past
from organisations.register.filters import Filters
from organisations.register.listing import listed
from organisations.register.merging.comparison import compare
from organisations.register.merging.forms import MergeForm
from organisations.register.merging.services import merge_organisations
from organisations.register.naming import similar_to
from organisations.register.profile_views import association_of

MERGE = "organisations.merge_organisations"
MOST_FOUND = 20


@login_required
@require_safe
def register_merge_choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose the association that is the same as this one."""
    found = association_of(request, pk, MERGE)
    filters = Filters(user=request.user, text=Filters.words(request.GET))
    if filters.text:
        others = list(listed(filters).exclude(pk=pk)[:MOST_FOUND])
    else:
        others = similar_to(found)
    context = {"organisation": found, "others": others, "text": filters.text}
    return render(request, "organisations/register/merge_choose.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def register_merge(request: SignedInRequest, pk: int, other: int) -> HttpResponse:
    """Compare the two, choose what stays, and make one of them."""
    kept = association_of(request, pk, MERGE)
    leaving = association_of(request, other, MERGE)
    comparison = compare(kept, leaving)
    form = MergeForm(posted(request), comparison=comparison)
    if request.method == "POST" and form.is_valid():
        try:
            merge_organisations(
                kept.pk, other_id=leaving.pk, choices=form.choices, actor=request.user
            )
        except Refused as refusal:
            say_why(request, refusal)
        else:
            done = _("%(other)s is now part of %(kept)s.")
            messages.success(request, done % {"other": leaving.name, "kept": kept.name})
            return redirect("register-organisation", pk=kept.pk)
    context = {
        "kept": kept,
        "other": leaving,
        "comparison": comparison,
        "gave": past.history(request.user, leaving.pk),
        "form": form,
    }
    return render(request, "organisations/register/merge.html", context)
