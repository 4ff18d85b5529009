"""The table of a round's challenges, and the way from one unread challenge to the next."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minno_portal.numbers import KEY_DIGITS, whole_number
from organisations.access import SignedInRequest, require
from rounds.challenges.models import Challenge
from rounds.challenges.table.bulk import actions_for
from rounds.challenges.table.export import sheets_for
from rounds.challenges.table.filters import Filters, of_round
from rounds.challenges.table.forms import ViewForm
from rounds.challenges.table.narrowings import read_by
from rounds.challenges.table.page import table_of
from rounds.challenges.table.tabs import tabs_of
from rounds.planning.models import Round
from rounds.planning.pages import round_context


def round_or_404(request: SignedInRequest, slug: str) -> Round:
    """Return the round whose table the person may see."""
    round_: Round = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_round", request.user, round_)
    return round_


@login_required
@require_safe
def round_challenges(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a round's submitted challenges to coordinator, staff and administrator."""
    round_ = round_or_404(request, slug)
    filters = Filters.of(request.GET, round_, request.user)
    context = {
        **round_context(round_, request.user, tab="challenges"),
        "filters": filters,
        "table": table_of(filters, request.GET.get("page")),
        "views": tabs_of(filters),
        "view_form": ViewForm(),
        "actions": actions_for(request.user, round_),
        "sheets": sheets_for(request.user, round_),
    }
    return render(request, "rounds/challenges/table/table.html", context)


@login_required
@require_safe
def challenge_next_unread(request: SignedInRequest, slug: str) -> HttpResponse:
    """Go to the next challenge that the person has not read, by number, round and round."""
    round_ = round_or_404(request, slug)
    unread = of_round(round_).filter(~read_by(request.user)).order_by("number")
    shown = whole_number(request.GET.get("after", ""), digits=KEY_DIGITS)
    after = Challenge.objects.filter(round=round_, pk=shown or 0)
    number = after.values_list("number", flat=True).first() or 0
    keys = unread.values_list("pk", flat=True)
    following = keys.filter(number__gt=number).first() or keys.filter(number__lt=number).first()
    if following:
        return redirect("challenge", pk=following)
    messages.info(request, _("You have read every challenge of the round."))
    return redirect("round-challenges", slug=slug)
