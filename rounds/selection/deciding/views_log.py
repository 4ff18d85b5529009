"""The decision log of a round as a page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from organisations.access import SignedInRequest
from rounds.selection.deciding.log import log_of
from rounds.selection.pages import page, the_round


@login_required
@require_safe
def decision_log(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show who did what, when and why."""
    round_ = the_round(request, slug, "rounds.see_decision_log")
    return page(request, "deciding/log", round_, {"entries": log_of(round_)})
