"""The page between choosing held letters and sending them: exactly which, and to whom."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from minno_portal import clock
from minno_portal.errors import Refused
from minno_portal.outbox.enums import State
from minno_portal.outbox.failing import addresses_that_fail
from minno_portal.outbox.handling import let_go
from minno_portal.outbox.models import Letter
from organisations.access import SignedInRequest, require, say_why
from organisations.partnership.letters import houses_of
from organisations.people.models import User
from rounds.planning.models import Round
from rounds.planning.outbox.listing import choice_from, label_of, narrowed

# More are not read through before pressing the button.
MOST_SENT = 500
_MOST_DIGITS = 18


@login_required
@require_http_methods(["GET", "POST"])
def letters_send(request: SignedInRequest) -> HttpResponse:
    """Show which letters are going to be sent and to whom; by POST, send them."""
    require("outbox.send_letters", request.user, None)
    sent = request.POST if request.method == "POST" else request.GET
    back = _back(request.user, sent)
    chosen = _chosen(request.user, sent)
    letters, too_many = chosen[:MOST_SENT], len(chosen) > MOST_SENT
    if not letters:
        messages.warning(request, _("Choose at least one letter that waits for you first."))
        return HttpResponseRedirect(back)
    if request.method == "POST":
        _send(request, letters)
        return HttpResponseRedirect(back)
    for letter in letters:
        letter.kind_label = label_of(letter.kind)  # type: ignore[attr-defined]
    context = {
        "letters": letters,
        "failing": addresses_that_fail(letter.recipient for letter in letters),
        "most": MOST_SENT if too_many else None,
        "picked": ",".join(str(letter.pk) for letter in letters),
        "sent": sent,
        "back": back,
        "now": clock.now(),
    }
    return render(request, "rounds/planning/outbox/send.html", context)


def _chosen(user: User, sent: QueryDict) -> list[Letter]:
    """Return the chosen letters that are still held: those ticked, or all that the filters pass."""
    held = Letter.objects.filter(house__in=houses_of(user), state=State.HELD).defer("html")
    if sent.get("all"):
        held = narrowed(held, choice_from(QueryDict(sent.get("back", ""))))
        if slug := _slug_of(user, sent):
            held = held.filter(thread=slug)
    else:
        # One field for many: a form may have a thousand fields at most.
        picked = [*sent.getlist("pick"), *sent.get("picked", "").split(",")]
        held = held.filter(pk__in=list(_ids(picked)))
    return list(held.order_by("recipient", "pk")[: MOST_SENT + 1])


def _ids(values: Iterable[str]) -> Iterable[int]:
    for value in values:
        if value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS:
            yield int(value)


def _send(request: SignedInRequest, letters: list[Letter]) -> None:
    try:
        gone = let_go([letter.pk for letter in letters], actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return
    text = ngettext("One letter is on its way.", "%(count)d letters are on their way.", len(gone))
    messages.success(request, text % {"count": len(gone)})
    if left := len(letters) - len(gone):
        text = ngettext(
            "One letter was left: its time has passed.",
            "%(count)d letters were left: their time has passed.",
            left,
        )
        messages.warning(request, text % {"count": left})


def _slug_of(user: User, sent: QueryDict) -> str:
    """Return the round from whose list the person came, if it is one of theirs."""
    slug = sent.get("in", "").replace("\x00", "")
    is_known = slug and Round.objects.visible_to(user).filter(slug=slug[:40]).exists()
    return slug if is_known else ""


def _back(user: User, sent: QueryDict) -> str:
    """Return the list as it was before."""
    slug = _slug_of(user, sent)
    url = reverse("round-letters", args=(slug,)) if slug else reverse("letters")
    query = choice_from(QueryDict(sent.get("back", ""))).query()
    return f"{url}?{query}" if query else url
