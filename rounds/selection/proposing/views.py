"""The packet's pages: putting it together, what was sent, and its dossier as PDF and table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from minno_portal.errors import Refused
from minno_portal.outbox.services import Recipient
from minno_portal.spreadsheets import XLSX, table_response
from organisations.access import SignedInRequest, posted
from organisations.people.models import User
from rounds.planning.models import Round
from rounds.selection.models import Packet, Proposal
from rounds.selection.pages import page, the_round
from rounds.selection.places import places_of
from rounds.selection.proposing import letters
from rounds.selection.proposing.candidates import (
    candidates_of,
    packet_words,
    preset_suggestions,
)
from rounds.selection.proposing.dossier import Dossier, draft_dossier, sent_dossier
from rounds.selection.proposing.dossier_pdf import dossier_pdf
from rounds.selection.proposing.forms import PacketForm
from rounds.selection.proposing.sent import proposals_of
from rounds.selection.proposing.services import send_packet
from rounds.selection.proposing.sheet import sheet_of

# What the database takes for a packet's number.
LARGEST_NUMBER = 32767


@login_required
def packet_send(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what would be proposed and to whom; send it."""
    round_ = the_round(request, slug, "rounds.send_packet")
    places = places_of(round_)
    sent = proposals_of(round_)
    form = _form(request, round_, places.left, sent)
    if request.method == "POST" and form.is_valid():
        packet = _send(request, round_, form)
        if packet:
            return redirect("packet-sent", round_.slug, packet.number)
    packets = list({each.packet_id: each.packet for each in sent}.values())
    number = len(packets) + 1
    again = sum(each.previous is not None for each in form.candidates if not each.is_in_reserve)
    count = sum(not each.is_in_reserve for each in form.candidates)
    readers = letters.packet_readers(round_, without=request.user)
    context = {
        "form": form,
        "rows": list(form.rows()),
        "packets": packets,
        "number": number,
        "words": packet_words(number, count, again) if number > 1 and count else "",
        "places_left": places.left,
        "readers": readers,
        "preview": _preview(Packet(round=round_, number=number), readers, count, again),
        "waits_for_completion": places.incomplete,
    }
    return page(request, "proposing/packet", round_, context)


@login_required
@never_cache
def packet_draft(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give the dossier as it would be sent: of what has been typed, or of what is suggested."""
    round_ = the_round(request, slug, "rounds.send_packet")
    form = _form(request, round_, places_of(round_).left, proposals_of(round_))
    if form.is_bound and not form.is_valid():
        return redirect("packet-send", round_.slug)
    message = form.cleaned_data["message"] if form.is_bound else ""
    if not form.items:
        return redirect("packet-send", round_.slug)
    return _pdf(draft_dossier(round_, form.items, message, request.user))


@login_required
@require_safe
def packet_sent(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Show a sent packet: what was suggested and answered, and what has changed since."""
    packet = _packet(request, slug, number)
    dossier = sent_dossier(packet, request.user)
    return page(request, "proposing/sent", packet.round, {"packet": packet, "dossier": dossier})


@login_required
@require_safe
@never_cache
def packet_dossier(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Give a sent packet's dossier as a PDF file."""
    return _pdf(sent_dossier(_packet(request, slug, number), request.user))


@login_required
@require_safe
@never_cache
def packet_sheet(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Give a sent packet as a table for spreadsheet programs."""
    dossier = sent_dossier(_packet(request, slug, number), request.user)
    head, rows = sheet_of(dossier)
    return table_response(XLSX, dossier.file_name, dossier.title, head, rows)


def _packet(request: SignedInRequest, slug: str, number: int) -> Packet:
    round_ = the_round(request, slug, "rounds.see_board")
    packets = Packet.objects.select_related("sent_by")
    packet: Packet = get_object_or_404(packets, round=round_, number=min(number, LARGEST_NUMBER))
    packet.round = round_
    return packet


def _form(
    request: SignedInRequest, round_: Round, places_left: int, sent: list[Proposal]
) -> PacketForm:
    candidates = candidates_of(round_, request.user, sent)
    presets = preset_suggestions(candidates, places_left)
    return PacketForm(posted(request), candidates=candidates, presets=presets)


def _preview(packet: Packet, readers: list[User], count: int, again: int) -> Any:
    if not readers or not count:
        return None
    return letters.preview_packet(packet, count, again, Recipient.of(readers[0]))


def _send(request: SignedInRequest, round_: Round, form: PacketForm) -> Packet | None:
    try:
        packet = send_packet(
            round_.pk,
            items=form.items,
            message=form.cleaned_data["message"],
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return None
    count = len(form.items)
    text = ngettext(
        "The packet with one challenge has been sent to %(institution)s.",
        "The packet with %(count)d challenges has been sent to %(institution)s.",
        count,
    )
    institution = round_.partnership.institution.shown_name
    messages.success(request, text % {"count": count, "institution": institution})
    return packet


def _pdf(dossier: Dossier) -> HttpResponse:
    answer = HttpResponse(
        dossier_pdf(dossier, get_language() or "fi"), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="{dossier.file_name}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
