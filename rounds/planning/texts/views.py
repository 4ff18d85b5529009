"""Pages of the own texts of letters, of a partnership and of a round."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from organisations.access import SignedInRequest, require
from organisations.models import Partnership
from organisations.partnership.choosing import partnerships_with
from rounds.planning.models import Round
from rounds.planning.texts.listing import listing_of
from rounds.planning.texts.pages import edit_page
from rounds.planning.texts.places import Place

SEE = "outbox.see_texts"


@login_required
def texts(request: SignedInRequest) -> HttpResponse:
    """Open the texts of the person's partnership, or let them choose one of several."""
    found = partnerships_with(SEE, request.user)
    if len(found) == 1:
        return redirect("texts-of", found[0].pk)
    context = {"partnerships": found, "url_name": "texts-of"}
    return render(request, "rounds/planning/texts/choose.html", context)


@login_required
def texts_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the letters with the texts of a partnership."""
    return _list_page(request, _house(request, pk))


@login_required
def text_edit(request: SignedInRequest, pk: int, kind: str, language: str) -> HttpResponse:
    """Write a partnership's text."""
    return edit_page(request, _house(request, pk), kind, language)


@login_required
def round_texts(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the letters with the texts of a round."""
    return _list_page(request, _round(request, slug))


@login_required
def round_texts_edit(request: SignedInRequest, slug: str, kind: str, language: str) -> HttpResponse:
    """Write a round's text."""
    return edit_page(request, _round(request, slug), kind, language)


def _house(request: SignedInRequest, pk: int) -> Place:
    found = Partnership.objects.visible_to(request.user)
    partnership = get_object_or_404(found.select_related("coordinator", "institution"), pk=pk)
    require(SEE, request.user, partnership)
    return Place(partnership)


def _round(request: SignedInRequest, slug: str) -> Place:
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require(SEE, request.user, round_)
    return Place(round_.partnership, round_)


def _list_page(request: SignedInRequest, place: Place) -> HttpResponse:
    context = {**place.context(request.user), "listing": listing_of(place)}
    return render(request, "rounds/planning/texts/list.html", context)
