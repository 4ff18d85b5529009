"""The receipt, changing the contact person and copying to a new round."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from minno_portal import clock
from minno_portal.errors import Refused
from minno_portal.numbers import VERSION_DIGITS, whole_number
from organisations.access import SignedInRequest, require, say_why
from rounds.challenges.afterwards.contact import change_contact, may_change_contact
from rounds.challenges.afterwards.copying import copy_challenge, left_out, rounds_to_copy_to
from rounds.challenges.afterwards.forms import ContactPersonForm, CopyForm
from rounds.challenges.afterwards.receipts import Receipt, receipt_of, receipt_pdf
from rounds.challenges.attachments.boxes import attachment_links
from rounds.challenges.models import Challenge
from rounds.challenges.timeline import timeline


@login_required
@require_safe
def challenge_receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was submitted and what happens next."""
    challenge = _own(request, pk)
    receipt = _receipt(request, challenge)
    if receipt is None:
        return redirect("challenge", pk=pk)
    steps = timeline(challenge, challenge.round, clock.now())
    context = {
        "challenge": challenge,
        "round": challenge.round,
        "receipt": receipt,
        "revision": receipt.revision,
        "files": attachment_links(receipt.revision.content),
        "steps": [step for step in steps if step.state != "done"],
    }
    return render(request, "rounds/challenges/afterwards/receipt.html", context)


@login_required
@require_safe
def challenge_receipt_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the receipt as a file."""
    challenge = _own(request, pk)
    receipt = _receipt(request, challenge)
    if receipt is None:
        raise Http404
    response = HttpResponse(
        receipt_pdf(receipt, get_language() or challenge.language), content_type="application/pdf"
    )
    disposition = content_disposition_header(as_attachment=True, filename=receipt.file_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def challenge_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the contact person of a submitted challenge."""
    challenge = _own(request, pk)
    if request.method == "GET" and not may_change_contact(challenge):
        return redirect("challenge", pk=pk)
    form = ContactPersonForm(
        request.POST if request.method == "POST" else None, challenge=challenge
    )
    if form.is_bound and form.is_valid():
        try:
            change_contact(pk, **form.values, actor=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("The contact person has been changed."))
            return redirect("challenge", pk=pk)
    context = {"challenge": challenge, "round": challenge.round, "form": form}
    return render(request, "rounds/challenges/afterwards/contact.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def challenge_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a challenge in an open round with the text of this one."""
    source = _own(request, pk)
    rounds = rounds_to_copy_to(source)
    form = CopyForm(request.POST if request.method == "POST" else None, rounds=rounds)
    if form.is_bound and form.is_valid():
        try:
            copy = copy_challenge(pk, round_id=form.cleaned_data["round"].pk, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(
                request, _("The text has been copied. Check it, and complete what is missing.")
            )
            return redirect("challenge-edit", pk=copy.pk, section="challenge")
    context = {
        "challenge": source,
        "form": form,
        "rounds": [(round_, left_out(source, round_)) for round_ in rounds],
    }
    return render(request, "rounds/challenges/afterwards/copy.html", context)


def _own(request: SignedInRequest, pk: int) -> Challenge:
    challenge: Challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.write_challenge", request.user, challenge)
    return challenge


def _receipt(request: SignedInRequest, challenge: Challenge) -> Receipt | None:
    text = request.GET.get("version", "")
    if not text:
        return receipt_of(challenge, None)
    number = whole_number(text, digits=VERSION_DIGITS)
    return None if number is None else receipt_of(challenge, number)
