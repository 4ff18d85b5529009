"""The board's page, and giving a challenge another place on it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import rules
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, say_why
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.selection import services
from rounds.selection.board import Board, board_of
from rounds.selection.board_drawing import Drawing
from rounds.selection.board_filters import NAMES, BoardFilters
from rounds.selection.board_sets import sets_of
from rounds.selection.pages import page, the_challenge, the_round
from rounds.selection.panel import checklist, latest

LARGEST_PLACE = 10_000
# What a script asks for; without one the answer is the page.
AS_DATA = "application/json"
REFUSED = 409
LONGEST_QUERY = 2000


@login_required
@require_GET
def round_selection(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the board: the coordinator ranks here, both parties see how the challenges stand."""
    round_ = the_round(request, slug, "rounds.see_board")
    board = board_of(round_, request.user)
    filters = BoardFilters.of(request.GET, board.rows)
    coordinates = rules.has_perm("rounds.rank_challenges", request.user, round_)
    can_rank = coordinates and round_.announced_at is None
    can_answer = round_.partnership.is_hosted_by(request.user)
    waits_for_packet = board.count(Status.SUBMITTED)
    context = {
        "board": board,
        "filters": filters,
        "drawing": _drawing(request, board, filters, coordinates=coordinates, can_rank=can_rank),
        "sets": sets_of(board, filters) if board.rows else None,
        "coordinates": coordinates,
        "can_rank": can_rank,
        "can_answer": can_answer,
        "steps": checklist(board, coordinates=coordinates, can_answer=can_answer),
        "events": latest(board),
        "packets": list(round_.packets.order_by("-number")),
        "can_draft": coordinates and waits_for_packet,
        "waits_for_packet": waits_for_packet,
        "waits_for_answer": board.count(Status.PROPOSED),
        "some_are_told": any(row.challenge.is_told for row in board.rows),
        "waits_for_telling": sum(row.needs_telling for row in board.rows),
    }
    return page(request, "board", round_, context)


def _drawing(
    request: SignedInRequest,
    board: Board,
    filters: BoardFilters,
    *,
    coordinates: bool,
    can_rank: bool,
) -> Drawing:
    partnership = board.round.partnership
    return Drawing(
        rows=filters.shown,
        all_count=len(board.rows),
        capacity=board.round.capacity,
        party_names=(partnership.coordinator.shown_name, partnership.institution.shown_name),
        coordinates=coordinates,
        can_rank=can_rank,
        picks=frozenset(filters.picks),
        moved=request.GET.get("moved", ""),
        direction=request.GET.get("to", ""),
    )


@login_required
@require_POST
def ranking_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a challenge another place, and come back to the button that was pressed.

    A script gets the new order as data, or the reason of a refusal.
    """
    challenge = the_challenge(request, pk, "rounds.rank_challenges")
    text = request.POST.get("position", "")
    # The length keeps a huge number from being read at all.
    position = int(text) if text.isdecimal() and len(text) <= len(str(LARGEST_PLACE)) else 0
    as_data = request.headers.get("Accept") == AS_DATA
    try:
        order = services.move_in_ranking(
            challenge.pk, position=position or LARGEST_PLACE, actor=request.user
        )
    except Refused as refusal:
        if as_data:
            return JsonResponse({"said": str(refusal.sentence)}, status=REFUSED)
        say_why(request, refusal)
    else:
        if as_data:
            return JsonResponse({"order": order, "said": _new_place(challenge, order)})
    return redirect(_back_to_button(request, challenge))


def _new_place(challenge: Challenge, order: list[int]) -> str:
    return _("%(reference)s is now at place %(place)d of %(all)d.") % {
        "reference": challenge.reference,
        "place": order.index(challenge.pk) + 1,
        "all": len(order),
    }


def _back_to_button(request: SignedInRequest, challenge: Challenge) -> str:
    """Return the board's address as it was, with the button that gets the focus.

    No fragment: with one, browsers do not focus the button.
    """
    way = "up" if "up" in (request.GET.get("to"), request.POST.get("to")) else "down"
    before = parse_qsl(request.POST.get("back", "")[:LONGEST_QUERY])
    kept = [(name, value) for name, value in before if name in NAMES]
    query = urlencode([*kept, ("moved", challenge.pk), ("to", way)])
    return f"{reverse('round-selection', args=(challenge.round.slug,))}?{query}"
