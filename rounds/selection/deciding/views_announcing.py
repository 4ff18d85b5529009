"""Telling decisions: all letters side by side, each editable; and putting right what was told."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from minno_portal.errors import Refused, WrongState
from minno_portal.outbox.models import Letter
from organisations.access import SignedInRequest, posted, say_why
from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.deciding import letters
from rounds.selection.deciding.announcing import told_decision_of
from rounds.selection.deciding.cards import Card, cards_of, errors_of
from rounds.selection.deciding.forms import CorrectionForm
from rounds.selection.enums import ASSESSABLE
from rounds.selection.pages import page, the_challenge, the_round


@login_required
@require_http_methods(["GET", "POST"])
def decisions_announce(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show every letter that would go out; keep what is edited; tell the chosen decisions.

    Nothing goes out that was not on the page as it is: who presses "tell" with something new
    typed gets it kept and shown in the letters first.
    """
    round_ = the_round(request, slug, "rounds.announce_decisions")
    cards = cards_of(round_, posted(request))
    if request.method == "POST" and _act(request, round_, cards):
        return redirect("decisions-announce", round_.slug)
    statuses = list(
        round_.challenges.filter(status__in=ASSESSABLE).values_list("status", flat=True)
    )
    context = {
        "cards": cards,
        "errors": list(errors_of(cards)),
        "letter_count": sum(len(card.letters) for card in cards if card.is_chosen),
        "lacking": [card.decision for card in cards if card.decision.lacks_reason],
        "waiting": statuses.count(Status.PROPOSED),
        "undecided": len(statuses) - statuses.count(Status.PROPOSED),
        "sent": Letter.objects.filter(thread=round_.slug, kind__in=letters.TOLD_BY)
        .defer("text", "html")
        .order_by("pk"),
    }
    return page(request, "deciding/announce", round_, context)


def _act(request: SignedInRequest, round_: Round, cards: Sequence[Card]) -> bool:
    """Do what the pressed button says; tell whether the page can be opened anew."""
    if "phrase" in request.POST:
        return False
    if any(form.errors for card in cards for form in card.forms):
        return False
    changed = [card for card in cards if card.is_changed]
    refused = [card for card in changed if not card.save(request.user)]
    if refused:
        return False
    if reset := request.POST.get("reset"):
        return _reset(request, cards, reset)
    if "tell" in request.POST and not changed:
        return _tell(request, round_, cards)
    if "tell" in request.POST:
        messages.info(request, _("Saved. Look at the letters as they are now, then tell."))
    else:
        messages.success(request, _("Saved. Nobody is told yet."))
    return True


def _reset(request: SignedInRequest, cards: Sequence[Card], key: str) -> bool:
    known = {box.letter.key: box.letter for card in cards for box in card.letters}
    letter = known.get(key)
    try:
        if letter is None:
            raise WrongState
        services.reset_letter(letter.decision.pk, email=letter.to.email, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("The letter is again as the portal writes it."))
    return True


def _tell(request: SignedInRequest, round_: Round, cards: Sequence[Card]) -> bool:
    chosen = [card for card in cards if card.form.is_bound and card.form.cleaned_data["tell"]]
    try:
        count = services.announce_decisions(
            round_.pk,
            decisions=[card.decision.pk for card in chosen],
            seen={card.decision.pk: card.form.cleaned_data["seen"] for card in chosen},
            actor=request.user,
        )
    except Refused as refusal:
        say_why(request, refusal)
        return True
    text = ngettext(
        "The decisions have been told: one letter is on its way.",
        "The decisions have been told: %(count)d letters are on their way.",
        count,
    )
    messages.success(request, text % {"count": count})
    return True


@login_required
@require_http_methods(["GET", "POST"])
def decision_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write a correction, look at its letters, and send them."""
    challenge = the_challenge(request, pk, "rounds.decide_challenge")
    decision = told_decision_of(challenge)
    if decision is None:
        say_why(request, WrongState())
        return redirect("decisions-announce", challenge.round.slug)
    form = CorrectionForm(posted(request))
    previews: list[tuple[object, object]] = []
    readers = letters.correction_readers(decision, challenge.round)
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["text"]
        if "send" in request.POST and _send(request, pk, form, text):
            return redirect("decision-edit", pk)
        previews = [
            (to, letters.preview_correction(decision, challenge.round, text, to)) for to in readers
        ]
    context = {
        "challenge": challenge,
        "decision": decision,
        "form": form,
        "readers": readers,
        "previews": previews,
    }
    return page(request, "deciding/correct", challenge.round, context)


def _send(request: SignedInRequest, pk: int, form: CorrectionForm, text: str) -> bool:
    try:
        services.send_correction(pk, text=text, actor=request.user)
    except Refused as refusal:
        form.add_error("text", str(refusal.sentence))
        return False
    messages.success(request, _("The correction is on its way."))
    return True
