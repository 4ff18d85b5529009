"""The selection's pages: the board, assessing, the packet, the decisions and telling them."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from minno_portal.errors import Refused, WrongState
from minno_portal.outbox.models import Letter
from minno_portal.outbox.services import Recipient
from organisations.access import SignedInRequest, require, say_why
from organisations.people.models import User
from rounds.challenges.enums import DECIDED, Status
from rounds.challenges.models import Challenge
from rounds.challenges.presentation import content_for, parts
from rounds.planning.models import Round
from rounds.planning.pages import round_context
from rounds.selection import letters, services
from rounds.selection.board import board_of
from rounds.selection.forms import AssessmentForm, PacketForm, ReasonForm, SetAsideForm
from rounds.selection.models import Assessment, Decision
from rounds.selection.packet import preset_suggestions
from rounds.selection.panel import checklist, latest
from rounds.selection.standings import ASSESSABLE

LARGEST_PLACE = 10_000


def _page(
    request: SignedInRequest, template: str, round_: Round, context: dict[str, Any]
) -> HttpResponse:
    around = round_context(round_, request.user, tab="selection")
    return render(request, f"rounds/selection/{template}.html", {**around, **context})


def _round(request: SignedInRequest, slug: str, permission: str) -> Round:
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require(permission, request.user, round_)
    return round_


def _challenge(request: SignedInRequest, pk: int, permission: str) -> Challenge:
    challenge: Challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require(permission, request.user, challenge)
    return challenge


def _to_board(round_: Round, challenge: Challenge | None = None) -> HttpResponse:
    address = reverse("round-selection", args=(round_.slug,))
    return redirect(f"{address}#challenge-{challenge.pk}" if challenge else address)


# --- The board --------------------------------------------------------------------------------


@login_required
@require_GET
def round_selection(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the board: the coordinator ranks here, both parties see how the challenges stand."""
    round_ = _round(request, slug, "rounds.see_board")
    board = board_of(round_, request.user)
    coordinates = rules.has_perm("rounds.rank_challenges", request.user, round_)
    context = {
        "board": board,
        "capacity_line_after": min(round_.capacity, len(board.rows)),
        "coordinates": coordinates,
        "can_rank": coordinates and round_.announced_at is None,
        "can_answer": round_.partnership.is_hosted_by(request.user),
        "steps": checklist(board, coordinates=coordinates),
        "events": latest(board),
        "moved": request.GET.get("moved", ""),
        "direction": request.GET.get("to", ""),
        "waits_for_packet": board.count(Status.SUBMITTED),
        "waits_for_answer": board.count(Status.PROPOSED),
        "waits_for_telling": sum(row.needs_telling for row in board.rows),
    }
    return _page(request, "board", round_, context)


@login_required
@require_POST
def ranking_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a challenge another place, and come back to the button that was pressed."""
    challenge = _challenge(request, pk, "rounds.rank_challenges")
    text = request.POST.get("position", "")
    # The length keeps a huge number from being read at all.
    position = int(text) if text.isdecimal() and len(text) <= len(str(LARGEST_PLACE)) else 0
    try:
        services.move_in_ranking(
            challenge.pk, position=position or LARGEST_PLACE, actor=request.user
        )
    except Refused as refusal:
        say_why(request, refusal)
    address = reverse("round-selection", args=(challenge.round.slug,))
    way = "up" if request.POST.get("to") == "up" else "down"
    return redirect(f"{address}?moved={challenge.pk}&to={way}#challenge-{challenge.pk}")


# --- Assessing --------------------------------------------------------------------------------


@login_required
def challenge_assess(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a challenge and give it marks."""
    challenge = _challenge(request, pk, "rounds.assess_challenge")
    if request.method != "POST" and challenge.status not in ASSESSABLE:
        say_why(request, WrongState())
        return _to_board(challenge.round, challenge)
    assessment = Assessment.objects.filter(challenge=challenge, assessor=request.user).first()
    form = AssessmentForm(
        request.POST or None,
        criteria=list(challenge.round.criteria.order_by("position")),
        assessment=assessment,
    )
    if request.method == "POST" and form.is_valid() and _save_assessment(request, challenge, form):
        return _after_assessing(request, challenge)
    content = content_for(request.user, challenge, list(challenge.revisions.all()))
    context = {
        "challenge": challenge,
        "form": form,
        "assessment": assessment,
        "parts": parts(content),
    }
    return _page(request, "assess", challenge.round, context)


def _save_assessment(request: SignedInRequest, challenge: Challenge, form: AssessmentForm) -> bool:
    try:
        services.save_assessment(
            challenge.pk,
            scores=form.scores,
            comment=form.cleaned_data["comment"],
            done="done" in request.POST,
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    return True


def _after_assessing(request: SignedInRequest, challenge: Challenge) -> HttpResponse:
    """Stay with a draft; after a finished assessment go to the one that needs it most."""
    if "done" not in request.POST:
        messages.success(
            request, _("The draft has been saved. It counts when you mark it as done.")
        )
        return redirect("challenge-assess", challenge.pk)
    following = board_of(challenge.round, request.user).next_to_assess(without=challenge.pk)
    if following is None:
        messages.success(request, _("The assessment has been saved. You have assessed everything."))
        return _to_board(challenge.round, challenge)
    messages.success(request, _("The assessment has been saved. Here is the next challenge."))
    return redirect("challenge-assess", following.challenge.pk)


# --- The packet -------------------------------------------------------------------------------


@login_required
def packet_send(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what would be proposed and to whom; send it."""
    round_ = _round(request, slug, "rounds.send_packet")
    board = board_of(round_, request.user)
    rows = [row for row in board.rows if row.challenge.status == Status.SUBMITTED]
    challenges = [row.challenge for row in rows]
    left = max(board.places_left - services.places_offered(round_), 0)
    form = PacketForm(
        request.POST or None, challenges=challenges, presets=preset_suggestions(challenges, left)
    )
    if request.method == "POST" and form.is_valid() and _send(request, round_, form):
        return _to_board(round_)
    readers = letters.packet_readers(round_, without=request.user)
    context = {
        "board": board,
        "form": form,
        "rows": list(zip(rows, form.rows(), strict=True)),
        "places_left": left,
        "readers": readers,
        "preview": _packet_preview(round_, readers, len(challenges)),
        "waits_for_completion": board.count(Status.NEEDS_COMPLETION),
    }
    return _page(request, "packet", round_, context)


def _packet_preview(round_: Round, readers: list[User], count: int) -> Any:
    if not readers or not count:
        return None
    return letters.preview_packet(round_, count, "", Recipient.of(readers[0]))


def _send(request: SignedInRequest, round_: Round, form: PacketForm) -> bool:
    try:
        packet = services.send_packet(
            round_.pk,
            items=form.items,
            message=form.cleaned_data["message"],
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    count = packet.proposals.count()
    text = ngettext(
        "The packet with one challenge has been sent to %(institution)s.",
        "The packet with %(count)d challenges has been sent to %(institution)s.",
        count,
    )
    institution = round_.partnership.institution.shown_name
    messages.success(request, text % {"count": count, "institution": institution})
    return True


# --- Decisions --------------------------------------------------------------------------------


@login_required
def challenge_set_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide a challenge without proposing it."""
    challenge = _challenge(request, pk, "rounds.set_aside_challenge")
    if challenge.status != Status.SUBMITTED:
        say_why(request, WrongState())
        return _to_board(challenge.round, challenge)
    form = SetAsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_aside(challenge.pk, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            text = _("“%(title)s” has been decided. Nobody is told yet.")
            messages.success(request, text % {"title": challenge})
        return _to_board(challenge.round, challenge)
    return _page(request, "set_aside", challenge.round, {"challenge": challenge, "form": form})


@login_required
def decision_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the reason to the applicant and the internal note, until the decision is told."""
    challenge = _challenge(request, pk, "rounds.decide_challenge")
    decision = Decision.objects.standing().filter(challenge=challenge).first()
    if decision is None or challenge.status not in DECIDED:
        say_why(request, WrongState())
        return _to_board(challenge.round, challenge)
    written = {"reason": decision.reason, "internal_note": decision.internal_note}
    form = ReasonForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_reason(challenge.pk, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(request, _("The reason has been saved. Nobody is told yet."))
        return _to_board(challenge.round, challenge)
    context = {
        "challenge": challenge,
        "decision": decision,
        "form": form,
        "comments": Assessment.objects.with_comment(challenge),
        "proposals": challenge.proposals.select_related("packet", "answered_by"),
        "places_left": challenge.round.capacity - services.places_taken(challenge.round),
    }
    return _page(request, "decision", challenge.round, context)


@login_required
@require_POST
def challenge_promote(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a free place to a challenge in reserve."""
    challenge = _challenge(request, pk, "rounds.promote_challenge")
    try:
        services.promote_reserve(challenge.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        text = _("“%(title)s” is now confirmed. Tell the association on the page of decisions.")
        messages.success(request, text % {"title": challenge})
    return _to_board(challenge.round, challenge)


# --- Telling ----------------------------------------------------------------------------------


@login_required
def decisions_announce(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show every letter that would go out, side by side; send them all."""
    round_ = _round(request, slug, "rounds.announce_decisions")
    if request.method == "POST":
        _announce(request, round_)
        return redirect("decisions-announce", round_.slug)
    decisions = list(Decision.objects.untold(round_))
    drafts = letters.decision_letters(round_, decisions)
    statuses = list(
        round_.challenges.filter(status__in=ASSESSABLE).values_list("status", flat=True)
    )
    context = {
        "decisions": [
            (decision, [draft for draft in drafts if draft.decision is decision])
            for decision in decisions
        ],
        "letter_count": len(drafts),
        "lacking": [decision for decision in decisions if decision.lacks_reason],
        "untold_to_anybody": [
            decision
            for decision in decisions
            if not any(draft.decision is decision for draft in drafts)
        ],
        "waiting": statuses.count(Status.PROPOSED),
        "undecided": len(statuses) - statuses.count(Status.PROPOSED),
        "sent": Letter.objects.filter(
            thread=round_.slug, kind__in=letters.DECISION_KINDS.values()
        ).order_by("pk"),
    }
    return _page(request, "announce", round_, context)


def _announce(request: SignedInRequest, round_: Round) -> None:
    try:
        count = services.announce_decisions(round_.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return
    text = ngettext(
        "The decisions have been told: one letter is on its way.",
        "The decisions have been told: %(count)d letters are on their way.",
        count,
    )
    messages.success(request, text % {"count": count})
