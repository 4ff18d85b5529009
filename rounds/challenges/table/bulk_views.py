"""The page between choosing rows and doing something to them: exactly what, and to which."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.access import SignedInRequest
from rounds.challenges.models import Challenge
from rounds.challenges.table.bulk import BulkAction, Outcome, Plan, actions_for, carry_out, plan_of
from rounds.challenges.table.filters import Filters
from rounds.challenges.table.forms import PlainHelperForm
from rounds.challenges.table.picking import MOST_PICKED, filters_behind, picked
from rounds.challenges.table.views import round_or_404
from rounds.planning.models import Round
from rounds.planning.pages import round_context

EXPORT = "export"
MOST_NAMED = 10
# A button pressed twice sends its letters once.
SECONDS_TO_REMEMBER = 3600


@login_required
@require_http_methods(["GET", "POST"])
def challenges_bulk(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what an action is going to do to the chosen challenges, and do it."""
    round_ = round_or_404(request, slug)
    sent = request.POST if request.method == "POST" else request.GET
    back = filters_behind(sent, round_, request.user)
    if sent.get("do") == EXPORT:
        return _to_export(request, round_, back)
    action = actions_for(request.user, round_).get(sent.get("do", ""))
    if action is None:
        messages.warning(request, _("Choose what to do with the challenges."))
        return to_table(round_, back)
    challenges, too_many = picked(sent, round_, request.user)
    if not challenges:
        messages.warning(request, _("Choose at least one challenge first."))
        return to_table(round_, back)
    plan = plan_of(action, challenges, request.user)
    form = action.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _do_once(request, plan, form)
        return to_table(round_, back)
    return _confirm(request, round_, plan, form, back, too_many=too_many)


def to_table(round_: Round, filters: Filters) -> HttpResponseRedirect:
    """Go back to the table as it was."""
    url = reverse("round-challenges", args=[round_.slug])
    query = filters.query()
    return HttpResponseRedirect(f"{url}?{query}" if query else url)


def _confirm(
    request: SignedInRequest,
    round_: Round,
    plan: Plan,
    form: PlainHelperForm,
    back: Filters,
    *,
    too_many: bool,
) -> HttpResponse:
    context: dict[str, Any] = {
        **round_context(round_, request.user, tab="challenges"),
        "plan": plan,
        "form": form,
        "back": back.query(),
        "most": MOST_PICKED if too_many else None,
        "once": request.POST.get("once") or secrets.token_urlsafe(12),
    }
    return render(request, "rounds/challenges/table/bulk.html", context)


def _to_export(request: SignedInRequest, round_: Round, back: Filters) -> HttpResponse:
    """Send the chosen rows as a workbook; without a choice, everything that the filters pass."""
    url = reverse("challenges-xlsx", args=[round_.slug])
    chosen = request.GET.copy()
    for name in [name for name in chosen if name != "pick"]:
        del chosen[name]
    query = back.query() if request.GET.get("all") else chosen.urlencode()
    if not query and not request.GET.get("all"):
        messages.warning(request, _("Choose at least one challenge first."))
        return to_table(round_, back)
    return redirect(f"{url}?{query}")


def _do_once(request: SignedInRequest, plan: Plan, form: PlainHelperForm) -> None:
    key = f"bulk:{request.user.pk}:{request.POST.get('once', '')[:32]}"
    if cache.add(key, value=True, timeout=SECONDS_TO_REMEMBER):
        _tell(request, plan.action, carry_out(plan, form.cleaned_data, request.user))


def _tell(request: SignedInRequest, action: BulkAction, outcome: Outcome) -> None:
    """Say how many were done and which were not, with the reasons."""
    if outcome.done:
        said = action.said(len(outcome.done))
        messages.success(request, f"{said} {_named(outcome.done)}")
    by_reason: dict[str, list[Challenge]] = {}
    for challenge, reason in outcome.refused:
        by_reason.setdefault(str(reason), []).append(challenge)
    for reason, challenges in by_reason.items():
        text = _("Not done: %(challenges)s. %(reason)s")
        named = _named(challenges)
        messages.warning(request, text % {"challenges": named, "reason": reason})


def _named(challenges: Iterable[Challenge]) -> str:
    names = [challenge.reference for challenge in challenges]
    listed = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    if more <= 0:
        return listed
    return _("%(listed)s and %(count)d others") % {"listed": listed, "count": more}
