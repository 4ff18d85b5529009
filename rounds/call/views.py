"""The public pages: the open call, the rounds, and the texts every service owes its users."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from minno_portal import clock
from minno_portal.public_pages import public_page
from rounds.call.dates import calendar_feed, calendar_file, line
from rounds.call.sections import sections_of
from rounds.planning.models import SMALLEST_CAPACITY, Round

MANY_ROUNDS = 60


@require_safe
@public_page(seconds=60)
def landing(request: HttpRequest) -> HttpResponse:
    """Show the open call; when none is open, the next one or the latest round."""
    rounds = Round.objects.published()
    moment = clock.now()
    is_open = rounds.with_call_open().order_by("call_closes_at").first()
    coming = None
    if is_open is None:
        coming = rounds.filter(call_opens_at__gt=moment).order_by("call_opens_at").first()
    latest = None
    if is_open is None and coming is None:
        latest = rounds.order_by("-call_closes_at").first()
    shown = is_open or coming or latest
    return render(
        request,
        "rounds/call/landing.html",
        {"open_round": is_open, "coming_round": coming, "latest_round": latest, **_about(shown)},
    )


def _about(round_: Round | None) -> dict[str, Any]:
    """Return what the pages tell of one round: its line, its places and how many have applied."""
    if round_ is None:
        return {"round": None}
    return {
        "round": round_,
        "partnership": round_.partnership,
        "line": line(round_),
        # The last reference number: numbers are given in order and never taken back.
        "received": round_.last_reference,
        "places": (
            str(round_.capacity)
            if round_.capacity == SMALLEST_CAPACITY
            else f"{SMALLEST_CAPACITY}–{round_.capacity}"
        ),
    }


@require_safe
@public_page(seconds=60)
def public_rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds, the newest first."""
    rounds = list(Round.objects.published().order_by("-kickoff_on", "-pk")[:MANY_ROUNDS])
    return render(request, "rounds/call/rounds.html", {"rounds": rounds})


@require_safe
@public_page(seconds=60)
def public_round(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one round: its dates, its places and what has come of it."""
    round_ = get_object_or_404(Round.objects.published(), slug=slug)
    context = {**_about(round_), "sections": sections_of(round_)}
    return render(request, "rounds/call/round.html", context)


@require_safe
@public_page(seconds=60)
def public_round_dates(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the round's dates as a calendar file."""
    round_ = get_object_or_404(Round.objects.published(), slug=slug)
    response = HttpResponse(calendar_file(round_), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{round_.slug}.ics"'
    return response


@require_safe
@public_page(seconds=60)
def all_dates(request: HttpRequest) -> HttpResponse:
    """Give the dates of present and coming rounds as a calendar that can be subscribed to."""
    rounds = Round.objects.published().filter(evaluation_on__gte=clock.today())
    feed = calendar_feed(rounds.order_by("kickoff_on", "pk")[:MANY_ROUNDS])
    return HttpResponse(feed, content_type="text/calendar; charset=utf-8")


@require_safe
@public_page(seconds=60)
def questions(request: HttpRequest) -> HttpResponse:
    """Answer what associations ask most."""
    return render(request, "rounds/call/questions.html")


@require_safe
@public_page(seconds=60)
def how_it_works(request: HttpRequest) -> HttpResponse:
    """Tell how a round goes and what is asked of an association."""
    return render(request, "rounds/call/how_it_works.html")


@require_safe
@public_page(seconds=60)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement (act 306/2019)."""
    return render(request, "rounds/call/accessibility.html")


@require_safe
@public_page(seconds=60)
def cookies(request: HttpRequest) -> HttpResponse:
    """Name the cookies; all are necessary, so there is no banner."""
    return render(request, "rounds/call/cookies.html")
