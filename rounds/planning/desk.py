"""The desk: everybody's first page, which opens with what waits for them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from minno_portal import clock
from minno_portal.waiting import panels_for, waiting_for
from organisations.access import SignedInRequest
from organisations.models import User
from rounds.planning.handlers import working_rounds
from rounds.planning.models import Round
from rounds.planning.pages import PhaseStep, phase_strip


@login_required
def desk(request: SignedInRequest) -> HttpResponse:
    """Show what waits, then what is under way."""
    user = request.user
    is_party = bool(user.ties.coordinator or user.ties.staff or user.is_superuser)
    return render(
        request,
        "rounds/planning/desk.html",
        {
            "waiting": waiting_for(user),
            "panels": panels_for(user),
            "is_party": is_party,
            "is_contact": bool(user.ties.writing),
            "may_create": bool(user.ties.coordinator),
            "rounds": _current_rounds(user) if is_party else [],
            "open_calls": [] if is_party else _open_calls(),
            "now": clock.now(),
        },
    )


def _current_rounds(user: User) -> list[tuple[Round, list[PhaseStep]]]:
    """Return the rounds that are not over, each with its strip (no query after the duties')."""
    today = clock.today()
    return [
        (round_, phase_strip(round_))
        for round_ in working_rounds(user)
        if round_.evaluation_on >= today
    ]


def _open_calls() -> list[Round]:
    return list(Round.objects.with_call_open().order_by("call_closes_at"))
