"""The letters of a round: what was told, to whom, and whether it arrived."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from organisations.access import SignedInRequest, require
from rounds.planning.models import Round
from rounds.planning.pages import round_context

PAGE_SIZE = 50


@login_required
def letters(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a round's letters; their state filters by the address."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_letters", request.user, round_)
    found = Letter.objects.filter(thread=round_.slug).defer("text", "html", "last_error")
    state = request.GET.get("state", "")
    if state in State.values:
        found = found.filter(state=state)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "rounds/planning/letters.html",
        {
            **round_context(round_, request.user, tab="letters"),
            "page": page,
            "states": State.choices,
            "state": state if state in State.values else "",
            "letters_tab": "sent",
        },
    )


@login_required
def letter(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show one letter as its recipient reads it; a personal link in it stays hidden."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_letters", request.user, round_)
    return render(
        request,
        "rounds/planning/letter.html",
        {
            **round_context(round_, request.user, tab="letters"),
            "letter": get_object_or_404(Letter, pk=pk, thread=round_.slug),
        },
    )
