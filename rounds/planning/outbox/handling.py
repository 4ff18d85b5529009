"""Editing, cancelling, sending again and putting aside one letter."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from minno_portal.errors import Refused
from minno_portal.outbox import handling
from minno_portal.outbox.errors import EditedMeanwhile, OnItsWayAgain, SecretText, TextGone
from minno_portal.outbox.handling import edit_mark
from minno_portal.outbox.models import Letter
from minno_portal.outbox.transitions import HANDLE, open_actions
from organisations.access import SignedInRequest, posted, require, say_why
from rounds.planning.outbox.forms import AgainForm, LetterForm
from rounds.planning.outbox.views import letter_context, letter_or_404


@login_required
@require_http_methods(["GET", "POST"])
def letter_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Edit the subject and the text of a letter that waits."""
    letter = _handled(request, pk)
    if request.method == "GET" and "edit" not in open_actions(letter, actor=request.user):
        return _not_now(request, letter, SecretText if letter.is_secret else None)
    initial = {"subject": letter.subject, "text": letter.text, "seen": edit_mark(letter)}
    form = LetterForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            handling.edit_letter(pk, **form.cleaned_data, actor=request.user)
        except EditedMeanwhile as refusal:
            return _after_somebody_else(request, letter, form, refusal)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("The letter was saved. It still waits for you to send it."))
            return redirect("letter", pk)
    return _page(request, "edit", letter, form)


@login_required
@require_http_methods(["GET", "POST"])
def letter_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a letter that did not arrive once more, to a corrected address if need be."""
    letter = _handled(request, pk)
    if request.method == "GET" and "send_again" not in open_actions(letter, actor=request.user):
        return _not_now(request, letter, TextGone if letter.is_emptied else None)
    form = AgainForm(posted(request), initial={"recipient": letter.recipient})
    if request.method == "POST" and form.is_valid():
        try:
            copy = handling.send_again(pk, **form.cleaned_data, actor=request.user)
        except OnItsWayAgain as refusal:
            form.add_error("recipient", str(refusal.sentence))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            said = _("The letter is on its way to %(address)s.")
            messages.success(request, said % {"address": copy.recipient})
            return redirect("letter", copy.pk)
    return _page(request, "again", letter, form)


@login_required
@require_POST
def letter_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a letter from being sent."""
    said = gettext_lazy("The letter was cancelled. It is not sent.")
    return _do(request, pk, handling.cancel_letter, said)


@login_required
@require_POST
def letter_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a letter that did not arrive aside."""
    said = gettext_lazy("The letter was put aside. It no longer stands on your first page.")
    return _do(request, pk, handling.settle_letter, said)


def _do(
    request: SignedInRequest, pk: int, service: Callable[..., Letter], said: Promise
) -> HttpResponse:
    _handled(request, pk)
    try:
        service(pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, str(said))
    return redirect("letter", pk)


def _handled(request: SignedInRequest, pk: int) -> Letter:
    letter = letter_or_404(request.user, pk)
    require(HANDLE, request.user, letter)
    return letter


def _not_now(
    request: SignedInRequest, letter: Letter, reason: type[Refused] | None
) -> HttpResponse:
    """Go to the letter's page, which tells its state, and say why this cannot be done."""
    if reason:
        say_why(request, reason())
    else:
        messages.warning(request, _("This can no longer be done. Here is what became of it."))
    return redirect("letter", letter.pk)


def _after_somebody_else(
    request: SignedInRequest, letter: Letter, form: LetterForm, refusal: EditedMeanwhile
) -> HttpResponse:
    """Show one's own text with theirs beside it; saving again is knowing what it replaces."""
    mine = LetterForm({**form.cleaned_data, "seen": edit_mark(letter)})
    mine.is_valid()
    mine.add_error(None, str(refusal.sentence))
    return _page(request, "edit", letter, mine, theirs=letter.text)


def _page(
    request: SignedInRequest, name: str, letter: Letter, form: Form, **more: object
) -> HttpResponse:
    context = {**letter_context(letter), "form": form, **more}
    return render(request, f"rounds/planning/outbox/{name}.html", context)
