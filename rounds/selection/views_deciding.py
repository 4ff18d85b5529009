"""The packet to the institution, the decisions and telling them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from minno_portal.errors import Refused, WrongState
from minno_portal.outbox.models import Letter
from minno_portal.outbox.services import Recipient
from organisations.access import SignedInRequest, say_why
from organisations.people.models import User
from rounds.challenges.enums import DECIDED, Status
from rounds.planning.models import Round
from rounds.selection import letters, services
from rounds.selection.board import board_of
from rounds.selection.forms import PacketForm, ReasonForm, SetAsideForm
from rounds.selection.models import Assessment, Decision
from rounds.selection.packet import preset_suggestions
from rounds.selection.pages import page, the_challenge, the_round, to_board
from rounds.selection.places import places_offered, places_taken
from rounds.selection.standings import ASSESSABLE

# --- The packet -------------------------------------------------------------------------------


@login_required
def packet_send(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what would be proposed and to whom; send it."""
    round_ = the_round(request, slug, "rounds.send_packet")
    board = board_of(round_, request.user)
    rows = [row for row in board.rows if row.challenge.status == Status.SUBMITTED]
    challenges = [row.challenge for row in rows]
    left = max(board.places_left - places_offered(round_), 0)
    form = PacketForm(
        request.POST or None, challenges=challenges, presets=preset_suggestions(challenges, left)
    )
    if request.method == "POST" and form.is_valid() and _send(request, round_, form):
        return to_board(round_)
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
    return page(request, "packet", round_, context)


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
    challenge = the_challenge(request, pk, "rounds.set_aside_challenge")
    if challenge.status != Status.SUBMITTED:
        say_why(request, WrongState())
        return to_board(challenge.round, challenge)
    form = SetAsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_aside(challenge.pk, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            text = _("“%(title)s” has been decided. Nobody is told yet.")
            messages.success(request, text % {"title": challenge})
        return to_board(challenge.round, challenge)
    return page(request, "set_aside", challenge.round, {"challenge": challenge, "form": form})


@login_required
def decision_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the reason to the applicant and the internal note, until the decision is told."""
    challenge = the_challenge(request, pk, "rounds.decide_challenge")
    decision = Decision.objects.standing().filter(challenge=challenge).first()
    if decision is None or challenge.status not in DECIDED:
        say_why(request, WrongState())
        return to_board(challenge.round, challenge)
    written = {"reason": decision.reason, "internal_note": decision.internal_note}
    form = ReasonForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_reason(challenge.pk, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(request, _("The reason has been saved. Nobody is told yet."))
        return to_board(challenge.round, challenge)
    context = {
        "challenge": challenge,
        "decision": decision,
        "form": form,
        "comments": Assessment.objects.with_comment(challenge),
        "proposals": challenge.proposals.select_related("packet", "answered_by"),
        "places_left": challenge.round.capacity - places_taken(challenge.round),
    }
    return page(request, "decision", challenge.round, context)


@login_required
@require_POST
def challenge_promote(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a free place to a challenge in reserve."""
    challenge = the_challenge(request, pk, "rounds.promote_challenge")
    try:
        services.promote_reserve(challenge.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        text = _("“%(title)s” is now confirmed. Tell the association on the page of decisions.")
        messages.success(request, text % {"title": challenge})
    return to_board(challenge.round, challenge)


# --- Telling ----------------------------------------------------------------------------------


@login_required
def decisions_announce(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show every letter that would go out, side by side; send them all."""
    round_ = the_round(request, slug, "rounds.announce_decisions")
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
    return page(request, "announce", round_, context)


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
